import { Listr, ListrLogger, ProcessOutput } from 'listr2';
import { progressLine, type Progress, type ProgressView } from './progress.ts';

/** A line that changes in place, and below it what each worker is at. */
export function terminalProgress(title: string): Progress {
  let settle: () => void = () => undefined;
  let show: (view: ProgressView) => void = () => undefined;
  const list = new Listr(
    [
      {
        title,
        task: (_, task) => {
          show = (view) => {
            task.title = `${title}: ${progressLine(view)}`;
            task.output = [...view.running].map(([id, said]) => (said ? `${id}: ${said}` : id)).join('\n');
          };
          return new Promise<void>((resolve) => (settle = resolve));
        },
        rendererOptions: { outputBar: Infinity },
      },
    ],
    {
      renderer: 'default',
      registerSignalListeners: false,
      rendererOptions: {
        logger: new ListrLogger({ processOutput: new ProcessOutput(process.stderr, process.stderr) }),
      },
    },
  );
  const ended = list.run();
  return {
    update: (view) => show(view),
    async end() {
      settle();
      await ended;
    },
  };
}
