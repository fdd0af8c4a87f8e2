import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { filesOf } from './dropped.ts';
import type { Session } from './session.ts';

/** Takes files that are dropped anywhere on the page. */
export function DropZone({ session, children }: { session: Session; children: ComponentChildren }) {
  const [over, setOver] = useState(false);
  return (
    <div
      class={over ? 'page over' : 'page'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (event.currentTarget === event.target) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (event.dataTransfer) void filesOf(event.dataTransfer).then((files) => session.take(files));
      }}
    >
      {children}
    </div>
  );
}
