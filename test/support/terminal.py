"""A terminal with a command in it, in place of a person's: python3 terminal.py COMMAND [ARGUMENT ...]

What the command prints comes out. Lines that come in are JSON: a text is typed, null closes the terminal, as a closed window
or a lost connection does. Ends as the command does, after a signal with 128 and its number.
"""

import json
import os
import pty
import select
import signal
import sys


def copy(terminal):
    """Until nothing holds the other side any more, or the terminal is closed."""
    lines = b""
    inputs = [terminal, 0]
    while True:
        ready = select.select(inputs, [], [])[0]
        if terminal in ready:
            try:
                printed = os.read(terminal, 65536)
            except OSError:
                return
            if not printed:
                return
            os.write(1, printed)
        if 0 in ready:
            read = os.read(0, 65536)
            if not read:
                inputs.remove(0)
            lines += read
            while b"\n" in lines:
                line, lines = lines.split(b"\n", 1)
                typed = json.loads(line)
                if typed is None:
                    return
                os.write(terminal, typed.encode())


child, terminal = pty.fork()
if child == 0:
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    os.execvp(sys.argv[1], sys.argv[1:])
copy(terminal)
os.close(terminal)
status = os.waitpid(child, 0)[1]
sys.exit(128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))
