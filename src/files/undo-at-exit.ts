const undone = new Set<() => void>();

/**
 * Has `undo` called where the process ends, as by a signal, before the returned function is called: for what exists only while
 * something is being written.
 * @param undo synchronous
 */
export function undoAtExit(undo: () => void): () => void {
  if (undone.size === 0) process.on('exit', undoAll);
  undone.add(undo);
  return () => {
    undone.delete(undo);
    if (undone.size === 0) process.off('exit', undoAll);
  };
}

function undoAll(): void {
  for (const undo of undone) {
    try {
      undo();
    } catch {
      // It stays in a folder that can no longer be written to.
    }
  }
}
