#!/usr/bin/env python3
"""Drives one full-screen program through a pseudo-terminal and measures it from outside. Needs python3 and nothing else.

    terminal_probe.py [--size 80x24] [--until TEXT] [--keys LEFT,RIGHT,...] [--idle SECONDS] -- COMMAND...

prints one JSON object:
    first_ms         exec until --until TEXT was written, and --cells characters before it
    first_bytes      bytes written until then and in the silence that follows
    keys             for each key: ms to the last byte before 40 ms of silence, and the bytes
    idle             seconds, bytes, bursts of output, largest burst, CPU ms, while nothing was typed
    pss_kb, rss_kb   after all that
"""
import argparse, fcntl, json, os, pty, re, select, signal, struct, sys, termios, time

KEYS = {"LEFT": "\x1b[D", "RIGHT": "\x1b[C", "UP": "\x1b[A", "DOWN": "\x1b[B", "PGUP": "\x1b[5~", "PGDN": "\x1b[6~"}
CURSOR_KEYS = ("LEFT", "RIGHT", "UP", "DOWN")
SILENCE = 0.04

# What a terminal would act on and not show: CSI, OSC, other string sequences, two- and three-byte escapes, C0.
CONTROL = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[PX^_][^\x1b]*\x1b\\|\x1b[ -/]+[0-~]|\x1b[0-Z\\-~]|[\x00-\x1f\x7f]"
)


def visible(raw):
    """The characters that were written, without the sequences between them; a character that has not ended is left out."""
    return CONTROL.sub(b"", raw).decode("utf-8", "ignore")


class Program:
    """A program on a pseudo-terminal of its own."""

    def __init__(self, command, columns, rows, environment=None):
        self.raw = bytearray()
        began, begin = os.pipe2(os.O_CLOEXEC)
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            variables = dict(os.environ, TERM="xterm-256color", LANG="C.UTF-8", LC_ALL="C.UTF-8", **(environment or {}))
            variables.pop("COLUMNS", None)
            variables.pop("LINES", None)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.write(begin, struct.pack("q", time.perf_counter_ns()))
            try:
                os.execvpe(command[0], command, variables)
            finally:
                os._exit(127)
        os.close(begin)
        # Fork and pseudo-terminal are this script's cost: the clock starts where the program's own life does, at exec.
        self.began = struct.unpack("q", os.read(began, 8))[0] / 1e9
        os.close(began)

    def read(self, timeout, silence=None):
        """Reads until the time is over, or `silence` seconds have followed some output.

        Returns the output as a list of (time, bytes). Nothing is looked at meanwhile: a slow reader would hold up the
        program, which writes into a buffer of a few kilobytes."""
        chunks, end = [], time.perf_counter() + timeout
        while True:
            now = time.perf_counter()
            left = end - now
            if silence is not None and chunks:
                left = min(left, chunks[-1][0] + silence - now)
            if left <= 0 or not select.select([self.terminal], [], [], left)[0]:
                return chunks
            try:
                data = os.read(self.terminal, 65536)
            except OSError:
                data = b""
            if not data:
                return chunks
            chunks.append((time.perf_counter(), len(data)))
            self.raw += data

    def press(self, name):
        """Sends a key as a terminal does: cursor keys differ once the program has switched them to application mode."""
        keys = KEYS.get(name, name)
        if name in CURSOR_KEYS and b"\x1b[?1h" in self.raw:
            keys = "\x1bO" + keys[-1]
        os.write(self.terminal, keys.encode())

    def cpu_ns(self):
        """CPU time of the process with all threads that it has or had, to the nanosecond."""
        return time.clock_gettime_ns((~self.pid << 3) | 2)

    def memory(self):
        found = {}
        with open(f"/proc/{self.pid}/smaps_rollup") as lines:
            for line in lines:
                word = line.split()
                if word[0] in ("Rss:", "Pss:"):
                    found[word[0]] = int(word[1])
        return found

    def close(self, keys="q"):
        """Lets the program quit, or makes it."""
        try:
            os.write(self.terminal, keys.encode())
            self.read(1.0)
        except OSError:
            pass
        for number in (0, signal.SIGTERM, signal.SIGKILL):
            if number:
                os.kill(self.pid, number)
            deadline = time.perf_counter() + 1
            while time.perf_counter() < deadline:
                if os.waitpid(self.pid, os.WNOHANG)[0]:
                    os.close(self.terminal)
                    return
                time.sleep(0.01)


def start(command, size, until, cells, environment=None):
    """Starts a program and waits for its first whole frame. Returns it with the milliseconds and the bytes."""
    program = Program(command, *size, environment)
    chunks = []
    while time.perf_counter() - program.began < 10:
        chunks += program.read(10, silence=0.15)
        written = 0
        for at, count in chunks:
            written += count
            text = visible(bytes(program.raw[:written]))
            place = text.find(until) if until else len(text)
            if place >= 0 and sum(1 for c in text[:place] if not c.isspace()) >= cells:
                return program, (at - program.began) * 1000, len(program.raw)
        if not chunks:
            break
    shown = visible(bytes(program.raw))[-300:]
    program.close()
    raise SystemExit(f"{command[0]} drew no frame with “{until}” within 10 s. It wrote: {shown!r}")


def type_keys(program, keys):
    """Presses keys one by one, each after the silence that followed the one before."""
    answers = []
    for key in keys:
        pressed = time.perf_counter()
        program.press(key)
        chunks = program.read(1, silence=SILENCE)
        if chunks:
            answers.append(((chunks[-1][0] - pressed) * 1000, sum(n for _, n in chunks)))
    return answers


def idle(program, seconds):
    """Types nothing. Output within a tenth of a second of other output is one burst."""
    cpu, began = program.cpu_ns(), time.perf_counter()
    chunks = program.read(seconds)
    spent, passed = (program.cpu_ns() - cpu) / 1e6, time.perf_counter() - began
    bursts, last = [], None
    for at, size in chunks:
        if last is not None and at - last < 0.1:
            bursts[-1] += size
        else:
            bursts.append(size)
        last = at
    return {
        "seconds": passed, "bytes": sum(bursts), "bursts": len(bursts), "largest": max(bursts, default=0), "cpu_ms": spent,
    }


def parse_size(text):
    columns, rows = text.split("x")
    return int(columns), int(rows)


def main():
    parser = argparse.ArgumentParser(description="Measures a full-screen program.")
    parser.add_argument("--size", type=parse_size, default=(80, 24))
    parser.add_argument("--until", default="")
    parser.add_argument("--cells", type=int, default=150)
    parser.add_argument("--keys", default="")
    parser.add_argument("--idle", type=float, default=0)
    parser.add_argument("--show", action="store_true", help="print what was written, as text, on stderr")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    program, first, size = start(options.command, options.size, options.until, options.cells)
    result = {"first_ms": first, "first_bytes": size}
    result["keys"] = type_keys(program, [key for key in options.keys.split(",") if key])
    if options.idle:
        program.read(1)
        result["idle"] = idle(program, options.idle)
    memory = program.memory()
    result["pss_kb"], result["rss_kb"] = memory["Pss:"], memory["Rss:"]
    if options.show:
        print(visible(bytes(program.raw)), file=sys.stderr)
    program.close()
    print(json.dumps(result))


if __name__ == "__main__":
    main()
