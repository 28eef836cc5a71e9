#!/usr/bin/env python3
"""Measures wxtop, the floor and htop in turns, prints the table and the targets. Called by .ci/bench."""
import argparse, json, os, platform, shutil, socket, statistics, subprocess, sys, tempfile, time
import terminal_probe as probe

SIZES = [(80, 24), (200, 60)]
STEPS = ["LEFT"] * 12 + ["RIGHT"] * 12
# The views besides the day's, which is wxtop's own first one.
VIEWS = ["week", "month", "year", "all", "table", "speed"]
# The bottom row of each program's first whole frame, and how many characters stand above it at least.
FRAMES = {"wxtop": ("? help", 200), "floor": ("? help", 200), "htop": ("", 600)}


def quantile(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(part * len(values)))]


def typical(values):
    """The mean of the middle half. Starts of any program fall into a fast and a slow group on a shared machine: a median
    between the two jumps from one to the other, and a plain mean follows the one start that met something else."""
    edge = len(values) // 4
    return statistics.mean(sorted(values)[edge : len(values) - edge])


class Readings:
    """What was read from one program at one size."""

    def __init__(self):
        self.first, self.first_bytes, self.key, self.key_bytes, self.pss = [], [], [], [], []

    def take_start(self, name, command, size):
        program, first, written = probe.start(command, size, *FRAMES[name])
        self.first.append(first)
        self.first_bytes.append(written)
        program.close()

    def take_keys(self, name, command, size):
        program, _, _ = probe.start(command, size, *FRAMES[name])
        # The first key is left out: it finds what wakes up for the first time.
        keys = STEPS if name != "htop" else ["DOWN", "UP"] * 6
        probe.type_keys(program, keys[-1:])
        for milliseconds, count in probe.type_keys(program, keys):
            self.key.append(milliseconds)
            self.key_bytes.append(count)
        # What it keeps, not what the start came through.
        program.read(2)
        self.pss.append(program.memory()["Pss:"])
        program.close()


def measure(commands, rounds):
    """The programs, and each view of wxtop opened by itself, in turns, so that whatever else the machine does meets all of them;
    each round begins with another, so that each comes after each. A start says less than a key, and is measured more often."""
    turns = {name: (name, command) for name, command in commands.items()}
    turns |= {view: ("wxtop", commands["wxtop"] + ["--view", view]) for view in VIEWS}
    readings = {(name, size): Readings() for name in turns for size in SIZES}
    names = list(turns)
    for take, times in [(Readings.take_start, 2 * rounds), (Readings.take_keys, rounds)]:
        for number in range(times):
            first = number * 4 % len(names)
            for size in SIZES:
                for name in names[first:] + names[:first]:
                    take(readings[name, size], *turns[name], size)
    return readings


def measure_idle(commands, seconds):
    """All at once, each on a terminal of its own; the bytes of the others do not count."""
    found, size = {}, SIZES[0]
    children = []
    for name in commands:
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            program, _, _ = probe.start(commands[name], size, *FRAMES[name])
            program.read(5)
            result = probe.idle(program, seconds)
            program.close()
            os.write(writer, json.dumps(result).encode())
            os._exit(0)
        os.close(writer)
        children.append((name, child, reader))
    for name, child, reader in children:
        with os.fdopen(reader) as lines:
            found[name] = json.load(lines)
        os.waitpid(child, 0)
    return found


def measure_backfill(binary, delay=50, at_once=4):
    """A year from a simulator that waits before each answer. Returns the seconds, the calls and what they would take."""
    with Simulator(binary, delay) as simulator:
        command = [
            binary, "backfill", "--from", "2024-01-01", "--to", "2024-12-30", "--rate", "1000", "--at-once", str(at_once)]
        began = time.perf_counter()
        run = subprocess.run(
            command, env=dict(os.environ, **simulator.environment), text=True, capture_output=True, check=True)
        seconds = time.perf_counter() - began
    calls = int(run.stdout.split(" calls")[0].split()[-1].replace(",", ""))
    return seconds, calls, calls * delay / 1000 / at_once


class Simulator:
    """The stand-in API in the foreground of a process of its own, and an archive beside it."""

    def __init__(self, binary, delay=0):
        self.process = subprocess.Popen(
            [binary, "simulate", "--port", "0", "--delay", str(delay)], stdout=subprocess.PIPE, text=True)
        words = self.process.stdout.readline().split() + self.process.stdout.readline().split()
        self.folder = tempfile.TemporaryDirectory()
        self.environment = dict(
            (word.split("=", 1) for word in words if word.startswith("WXTOP_")),
            WXTOP_ARCHIVE=self.folder.name + "/archive.sqlite")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.folder.cleanup()


def measure_wide(binary, simulator_binary, rounds=5):
    """All days since 2014 in the archive: how long each view takes to open, and a search that finds nothing.

    Returns the milliseconds by what was done, and the memory in kilobytes after all of it."""
    found, memory = {}, []
    size = SIZES[0]
    with Simulator(simulator_binary) as simulator:
        environment = dict(os.environ, **simulator.environment)
        fill = [binary, "backfill", "--rate", "1000", "--at-once", "8"]
        subprocess.run(fill, env=environment, capture_output=True, check=True)
        steps = [
            ("week", "-"), ("month", "-"), ("year", "-"), ("all", "-"), ("day", "="), ("table", "T"), ("speed", "V"),
            ("day again", "="), ("calendar", "c"), ("close", "c"),
        ]
        for _ in range(rounds):
            program, _, _ = probe.start([binary], size, *FRAMES["wxtop"], environment=simulator.environment)
            program.read(1.5)
            for name, key in steps:
                answers = probe.type_keys(program, [key])
                if answers:
                    found.setdefault("open " + name, []).append(answers[0][0])
                program.read(0.1)
            # With the types that occur hidden, no hour is unusual: n looks at all of them.
            for key in "12345":
                probe.type_keys(program, [key])
            program.read(0.3)
            answers = probe.type_keys(program, ["N"])
            found.setdefault("N through all days", []).append(answers[0][0] if answers else float("nan"))
            memory.append(program.memory()["Pss:"])
            program.close("Q")
    return {name: statistics.median(values) for name, values in found.items()}, statistics.median(memory)


def measure_silence(command, rounds=3):
    """Keys while the API takes the connection and never answers: nothing on the screen may wait for it."""
    times = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        environment = {"WXTOP_API_BASE": f"http://127.0.0.1:{server.getsockname()[1]}"}
        for _ in range(rounds):
            program, _, _ = probe.start(command, SIZES[0], *FRAMES["wxtop"], environment=environment)
            program.read(1)
            # Days that are kept and days that would have to be fetched.
            for key in STEPS + ["(", "W", "-", "-", "-", "="]:
                times += [answer[0] for answer in probe.type_keys(program, [key])]
            program.close("Q")
    return times


def print_table(readings, idle, names):
    rows = []

    def add(label, *values):
        rows.append((label, *values))

    def each(size, text):
        return [text(readings[name, size]) for name in names]

    for size in SIZES:
        label = f"{size[0]}×{size[1]}"
        add(f"{label}  first frame, ms: mean (min)", *each(size, lambda r: f"{typical(r.first):.1f} ({min(r.first):.1f})"))
        add(f"{label}  first frame, bytes", *each(size, lambda r: f"{statistics.median(r.first_bytes):.0f}"))
        add(f"{label}  key → last byte, ms: median", *each(size, lambda r: f"{statistics.median(r.key):.2f}"))
        add(f"{label}  key → last byte, ms: p95", *each(size, lambda r: f"{quantile(r.key, 0.95):.2f}"))
        add(f"{label}  bytes per key: median (max)", *each(size, lambda r: f"{statistics.median(r.key_bytes):.0f} ({max(r.key_bytes)})"))
        add(f"{label}  PSS after the keys, MB", *each(size, lambda r: f"{statistics.median(r.pss) / 1024:.1f}"))
    per_minute = lambda name, what: idle[name][what] * 60 / idle[name]["seconds"]
    add("idle, bytes a minute", *(f"{per_minute(n, 'bytes'):.0f}" for n in names))
    add("idle, outputs a minute (largest)", *(f"{per_minute(n, 'bursts'):.0f} ({idle[n]['largest']})" for n in names))
    add("idle, CPU ms a minute", *(f"{per_minute(n, 'cpu_ms'):.1f}" for n in names))

    width = max(len(row[0]) for row in rows)
    print(f"{'':{width}}" + "".join(f"{name:>16}" for name in names))
    for label, *values in rows:
        print(f"{label:{width}}" + "".join(f"{value:>16}" for value in values))


def compare(label, size, ours, floor, htop):
    """The targets of one view at one size."""
    first, least = typical(ours.first), typical(floor.first)
    yield f"{label}  first frame ≤ 4× the floor", f"{first / least:.2f}×", first <= 4 * least
    if htop:
        most = typical(htop.first)
        yield f"{label}  first frame ≤ a fifth of htop's", f"{first / most:.2f}", 5 * first <= most
    key, least = quantile(ours.key, 0.95), quantile(floor.key, 0.95)
    yield f"{label}  key p95 ≤ 2× the floor's", f"{key / least:.2f}×", key <= 2 * least
    pss = statistics.median(ours.pss) / 1024
    yield f"{label}  PSS ≤ 20 MB", f"{pss:.1f} MB", pss <= 20
    if size == SIZES[0]:
        step = statistics.median(ours.key_bytes)
        yield f"{label}  day step < 2500 bytes", f"{step:.0f} bytes", step < 2500


def judge(readings, idle, silence, backfill, wide):
    """Each target beside what was measured; whether all are met."""
    verdicts = []
    for size in SIZES:
        label = f"{size[0]}×{size[1]}"
        floor, htop = readings["floor", size], readings.get(("htop", size))
        verdicts += compare(label, size, readings["wxtop", size], floor, htop)
        for view in VIEWS:
            verdicts += compare(f"{label} {view}", size, readings[view, size], floor, htop)
    quiet = idle["wxtop"]
    most = int(quiet["seconds"] / 10) + 1
    verdicts.append(
        (
            "idle  at most one small output (≤ 100 bytes) per 10 s",
            f"{quiet['bursts']} in {quiet['seconds']:.0f} s, largest {quiet['largest']} bytes",
            quiet["bursts"] <= most and quiet["largest"] <= 100,
        )
    )
    cpu = quiet["cpu_ms"] * 60 / quiet["seconds"]
    verdicts.append(("idle  < 20 ms CPU a minute", f"{cpu:.1f} ms", cpu < 20))

    verdicts.append(
        (
            "keys while the API is silent ≤ 50 ms, all of them",
            f"{len(silence)} keys, slowest {max(silence):.1f} ms",
            max(silence) <= 50 and len(silence) > 60,
        )
    )

    seconds, calls, least = backfill
    verdicts.append(
        (
            "a year's backfill ≤ 1.15 × calls × delay ÷ concurrency",
            f"{seconds:.2f} s for {calls} calls, {seconds / least:.2f}×",
            seconds <= 1.15 * least and calls == 365,
        )
    )

    times, memory = wide
    growth = memory - statistics.median(readings["wxtop", SIZES[0]].pss)
    for name, milliseconds in times.items():
        verdicts.append((f"all days since 2014: {name} ≤ 50 ms", f"{milliseconds:.1f} ms", milliseconds <= 50))
    verdicts.append(("all days since 2014: memory grows by ≤ 20 MB", f"{growth / 1024:.1f} to {memory / 1024:.1f} MB", growth <= 20 * 1024))

    print()
    for target, value, is_met in verdicts:
        print(f"{'pass' if is_met else 'MISS'}  {target:55} {value}")
    return all(is_met for _, _, is_met in verdicts)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--wxtop", required=True)
    parser.add_argument("--floor", required=True)
    parser.add_argument("--simulator", help="another file with the same program, so that no page is shared")
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--idle", type=float, default=30)
    options = parser.parse_args()
    commands = {"wxtop": [options.wxtop], "floor": [options.floor]}
    if htop := shutil.which("htop"):
        commands["htop"] = [htop]
    print(
        f"{platform.system()} {platform.release()} {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f};"
        f" {options.rounds} rounds of {len(STEPS)} day steps, {options.idle:.0f} s idle;"
        f" wxtop's file {os.path.getsize(options.wxtop) / 1e6:.1f} MB\n"
    )
    readings = measure(commands, options.rounds)
    idle = measure_idle(commands, options.idle)
    print_table(readings, idle, list(commands))
    silence = measure_silence(commands["wxtop"])
    wide = measure_wide(options.wxtop, options.simulator or options.wxtop)
    sys.exit(0 if judge(readings, idle, silence, measure_backfill(options.wxtop), wide) else 1)


if __name__ == "__main__":
    main()
