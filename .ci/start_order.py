#!/usr/bin/env python3
"""Writes .static/start.order: what a start of wxtop needs until its first frame, in that order, for the linker; first the day's
view, then what each other view needs besides.

    .ci/start_order.py [BINARY]        the release binary with its symbols; else .build/release/wxtop

A start runs two thousand functions of nearly two hundred thousand, and writes a few hundred variables. Where they lie all over the
file, each means a page of its own to fetch and map; lld lays them side by side in the order of the list. Names that are no more
are passed over, so that an old list costs time only. Make it anew after larger changes, and build twice: list, link.

It traces a start of each view against the simulator: a breakpoint stands at each function, and is taken away when it was met. Of the
variables it sees, at the first frame, which bytes are no longer what the file says. Linux on x86-64 only.
"""
import ctypes, fcntl, os, pty, re, signal, struct, subprocess, sys, tempfile, termios, time

# Where a first frame has been sent: the guard is begun after it.
END = "cncurses_start_guard"
VIEWS = ["day", "week", "month", "year", "all", "table", "speed"]
TRACEME, CONT, GETREGS, SETREGS = 0, 7, 12, 13
BREAKPOINT = 0xCC
INSTRUCTION = 16  # of the 27 registers of user_regs_struct

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]


def ptrace(request, pid, data=None):
    if libc.ptrace(request, pid, None, data) < 0:
        raise OSError(ctypes.get_errno(), f"ptrace {request}")


def readelf(option, binary):
    return subprocess.run(["readelf", option, "--wide", binary], capture_output=True, text=True, check=True).stdout.splitlines()


class Symbols:
    """Functions and variables of a binary, by address."""

    def __init__(self, binary):
        self.functions, self.variables, self.end = {}, [], None
        for line in readelf("--symbols", binary):
            word = line.split()
            if len(word) < 8 or not word[6].isdigit():
                continue
            address, size, kind, name = int(word[1], 16), int(word[2], 0), word[3], word[7].split("@")[0]
            if kind == "FUNC" and size:
                self.functions.setdefault(address, []).append(name)
                self.end = address if name == END else self.end
            elif kind == "OBJECT" and size:
                self.variables.append((address, size, name))
        self.variables.sort()
        self.written = []
        for line in readelf("--sections", binary):
            found = re.match(r"\s*\[\s*\d+\] (\.data|\.bss)\s+\S+\s+([0-9a-f]+)\s+[0-9a-f]+\s+([0-9a-f]+)", line)
            if found:
                self.written.append((int(found[2], 16), int(found[3], 16)))
        if self.end is None:
            raise SystemExit(f"{binary} has no symbols, or no {END}.")


class Start:
    """One start of a program on a pseudo-terminal, under ptrace, until it begins its guard."""

    def __init__(self, words, environment):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            ptrace(TRACEME, 0)
            os.execve(words[0], words, dict(environment, TERM="xterm-256color", LANG="C.UTF-8"))
        os.waitpid(self.pid, 0)
        os.set_blocking(self.terminal, False)
        self.memory = open(f"/proc/{self.pid}/mem", "r+b", buffering=0)

    def read(self, address, size):
        self.memory.seek(address)
        data = bytearray()
        while len(data) < size:
            data += self.memory.read(size - len(data))
        return data

    def write(self, address, data):
        self.memory.seek(address)
        left = memoryview(data)
        while left:
            left = left[self.memory.write(left) :]

    def run(self, symbols):
        """The addresses of the functions in the order of their first call, and of the words that were written."""
        low, high = min(symbols.functions), max(symbols.functions) + 1
        code = self.read(low, high - low)
        armed = bytearray(code)
        for address in symbols.functions:
            armed[address - low] = BREAKPOINT
        self.write(low, armed)
        before = [(address, self.read(address, size)) for address, size in symbols.written]
        called, number, registers = [], 0, (ctypes.c_ulonglong * 27)()
        while not called or called[-1] != symbols.end:
            ptrace(CONT, self.pid, number)
            _, status = os.waitpid(self.pid, 0)
            self.drain()
            if not os.WIFSTOPPED(status):
                raise SystemExit("The program ended before its first frame.")
            number = os.WSTOPSIG(status)
            if number != signal.SIGTRAP:
                continue
            ptrace(GETREGS, self.pid, registers)
            address = registers[INSTRUCTION] - 1
            if address in symbols.functions and armed[address - low] == BREAKPOINT:
                called.append(address)
                armed[address - low] = code[address - low]
                self.write(address, code[address - low : address - low + 1])
                registers[INSTRUCTION] = address
                ptrace(SETREGS, self.pid, registers)
                number = 0
        changed = []
        for base, old in before:
            new = self.read(base, len(old))
            changed += [base + at for at in range(0, len(old) - 7, 8) if old[at : at + 8] != new[at : at + 8]]
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)
        self.memory.close()
        return called, changed

    def drain(self):
        try:
            while os.read(self.terminal, 65536):
                pass
        except OSError:
            pass


def names(symbols, called, changed):
    """The symbols of these addresses, each once."""
    found = dict.fromkeys(name for address in called for name in symbols.functions[address])
    place = 0
    for address in changed:
        while place < len(symbols.variables) and symbols.variables[place][0] + symbols.variables[place][1] <= address:
            place += 1
        if place < len(symbols.variables) and symbols.variables[place][0] < address + 8:
            found[symbols.variables[place][2]] = None
    return list(found)


def main():
    binary = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else ".build/release/wxtop")
    symbols = Symbols(binary)
    with tempfile.TemporaryDirectory() as work:
        environment = dict(os.environ, WXTOP_ARCHIVE=f"{work}/archive.sqlite")
        environment.update({f"XDG_{name}_HOME": f"{work}/{name}" for name in ("CONFIG", "DATA", "STATE")})
        simulator = subprocess.Popen([binary, "simulate", "--port", "0"], stdout=subprocess.PIPE, text=True)
        try:
            while "WXTOP_SECRET" not in environment:
                line = simulator.stdout.readline()
                if not line:
                    raise SystemExit("The simulator did not start.")
                environment.update(re.findall(r"(WXTOP_\w+)=(\S+)", line))
            since = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 121 * 86400))
            subprocess.run([binary, "backfill", "--from", since, "--rate", "1000"], env=environment, check=True, stdout=subprocess.DEVNULL)
            called, changed = {}, set()
            for view in VIEWS:
                functions, words = Start([binary, "--view", view], environment).run(symbols)
                called.update(dict.fromkeys(functions))
                changed.update(words)
        finally:
            simulator.kill()
    order = names(symbols, called, sorted(changed))
    path = os.path.join(os.path.dirname(__file__), "..", ".static", "start.order")
    with open(path, "w") as file:
        file.write("\n".join(order) + "\n")
    print(f"{len(called)} functions and {len(order) - len(called)} more names, mostly of variables, of a start of each view.")


if __name__ == "__main__":
    main()
