"""Runs a command on a pseudo-terminal and copies what it prints to standard output.

    pseudo-terminal.py COLUMNS ROWS COMMAND...

Bytes that come on standard input are typed: "\\x03" is Ctrl-C. Exits as the command does, with 128 + n where signal n ended it.
"""

import fcntl
import os
import pty
import select
import struct
import sys
import termios

columns, rows = int(sys.argv[1]), int(sys.argv[2])
pid, terminal = pty.fork()
if pid == 0:
    # The size is set before the program can ask for it.
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    os.execvp(sys.argv[3], sys.argv[3:])

sources = [terminal, 0]
while terminal in sources:
    ready, _, _ = select.select(sources, [], [])
    if 0 in ready:
        typed = os.read(0, 1024)
        if typed:
            os.write(terminal, typed)
        else:
            sources.remove(0)
    if terminal in ready:
        try:
            printed = os.read(terminal, 65536)
        except OSError:
            printed = b""
        if not printed:
            break
        os.write(1, printed)

_, status = os.waitpid(pid, 0)
code = os.waitstatus_to_exitcode(status)
sys.exit(code if code >= 0 else 128 - code)
