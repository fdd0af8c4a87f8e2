import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { Session } from './session.ts';

/** A button that opens the browser's dialogue for files, or for a folder. */
export function ChooseFiles(props: {
  session: Session;
  class: string;
  folder?: boolean;
  children: ComponentChildren;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class={props.class} onClick={() => input.current?.click()}>
        {props.children}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        {...(props.folder ? { webkitdirectory: true, 'data-folder': true } : { 'data-files': true })}
        aria-label={props.folder ? 'Folder of a scan' : 'Files of a scan'}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          currentTarget.value = '';
          void props.session.take(files);
        }}
      />
    </>
  );
}
