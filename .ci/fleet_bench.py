#!/usr/bin/env python3
"""Measures wxtop with many accounts on the simulator: start, memory, CPU, keys. Called by .ci/bench.

    fleet_bench.py --wxtop FILE [--simulator FILE] [--accounts 1000] [--interval 120]
"""
import argparse, os, sqlite3, statistics, subprocess, sys, tempfile, time
import terminal_probe as probe

SIZE = (80, 24)
STEPS = ["LEFT"] * 12 + ["RIGHT"] * 12
LIST_STEPS = ["DOWN"] * 12 + ["UP"] * 12


def quantile(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(part * len(values)))]


def app_id(number):
    return f"wxdemo{number:010}"


class Place:
    """A home with a configuration of so many accounts on one simulator, and their archive of nine weeks."""

    def __init__(self, wxtop, address, accounts, interval):
        self.folder = tempfile.TemporaryDirectory()
        root = self.folder.name
        self.archive = root + "/archive.sqlite"
        self.environment = {
            "HOME": root, "XDG_CONFIG_HOME": root + "/config", "XDG_STATE_HOME": root + "/state", "WXTOP_ARCHIVE": self.archive,
        }
        os.makedirs(root + "/config/wxtop")
        path = root + "/config/wxtop/config.yaml"
        with open(path, "w") as file:
            os.chmod(path, 0o600)
            file.write(f"interval: {interval}\naccounts:\n")
            for number in range(1, accounts + 1):
                file.write(f"  a{number:04}: {{appid: {app_id(number)}, secret: demo-secret, api_base: '{address}'}}\n")
        command = [wxtop, "backfill", "--account", "a0001", "--from", str_days_ago(64), "--rate", "1000"]
        subprocess.run(command, env=dict(os.environ, **self.environment), check=True, capture_output=True)
        # The same days for the others: to fetch them would take hours at the pace that wxtop allows itself.
        with sqlite3.connect(self.archive) as archive:
            columns = "date, revision, final, fetched_at, total, rows, other_dates, duplicates, unreadable"
            archive.executemany(
                f"INSERT INTO day (account, {columns}) SELECT ?, {columns} FROM day WHERE account = '{app_id(1)}'",
                [(app_id(number),) for number in range(2, accounts + 1)])
        archive.close()

    def calls(self, endpoint):
        archive = sqlite3.connect(f"file:{self.archive}?mode=ro", uri=True)
        found = archive.execute("SELECT sum(count) FROM call WHERE endpoint = ?", (endpoint,)).fetchone()[0]
        archive.close()
        return found or 0


def str_days_ago(days):
    return time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600 - days * 86400))


def start(wxtop, place, options=()):
    program, first, _ = probe.start([wxtop, *options], SIZE, "? help", 300, environment=place.environment)
    return program, first


def key_p95(program, steps):
    probe.type_keys(program, steps[-1:])
    return quantile([milliseconds for milliseconds, _ in probe.type_keys(program, steps)], 0.95)


def first_answer(program, key):
    answers = probe.type_keys(program, [key])
    return answers[0][0] if answers else float("inf")


def measure(wxtop, simulator, accounts, interval):
    server = subprocess.Popen(
        [simulator, "simulate", "--port", "0", "--accounts", str(accounts)], stdout=subprocess.PIPE, text=True)
    try:
        address = server.stdout.readline().split(" on ")[1].split(",")[0]
        one = Place(wxtop, address, 1, interval)
        many = Place(wxtop, address, accounts, interval)
        program, first_one = start(wxtop, one)
        program.read(3)
        day_one = key_p95(program, STEPS)
        program.close("Q")

        program, first_many = start(wxtop, many)
        # Pressed as soon as there is a frame: the list is there before any account was asked.
        opened = first_answer(program, "A")
        program.read(max(0, 10 - (time.perf_counter() - program.began)))
        at_ten = many.calls("speed")
        program.read(max(0, interval + 15 - (time.perf_counter() - program.began)))
        polled = many.calls("speed")
        program.press("=")
        program.read(1)
        keys = {"a day": key_p95(program, STEPS)}
        opened_again = first_answer(program, "A")
        keys["a line of the list"] = key_p95(program, LIST_STEPS)
        program.press("s")
        program.read(1)
        program.press("=")
        program.read(1)
        before = many.calls("speed")
        day = probe.idle(program, interval)
        polls = many.calls("speed") - before
        program.press("A")
        program.read(1)
        shown = probe.idle(program, interval / 2)
        pss = program.memory()["Pss:"] / 1024
        program.close("Q")
    finally:
        server.terminate()
        server.wait()
    cpu = lambda reading: reading["cpu_ms"] / reading["seconds"] / 10
    return [
        (f"first frame with {accounts} accounts, beside one: {first_one:.1f} ms", f"{first_many:.1f} ms", True),
        ("list opened at once ≤ 100 ms", f"{opened:.1f} ms", opened <= 100),
        ("list opened later ≤ 100 ms", f"{opened_again:.1f} ms", opened_again <= 100),
        (
            "no burst at the start: polls in the first 10 s",
            f"{at_ten} of {polled} in {interval + 15} s", at_ten <= 1.5 * accounts * 10 / interval + 2,
        ),
        *(
            (f"key p95, {name} ≤ 2× a day with one account ({day_one:.2f} ms)", f"{value:.2f} ms", value <= 2 * day_one)
            for name, value in keys.items()
        ),
        (f"CPU < 3 % of a core, {polls} polls in {interval} s", f"{cpu(day):.2f} %", cpu(day) < 3),
        ("CPU < 3 % of a core with the list shown", f"{cpu(shown):.2f} %, {shown['bytes']} bytes", cpu(shown) < 3),
        ("PSS ≤ 80 MB", f"{pss:.1f} MB", pss <= 80),
    ]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--wxtop", required=True)
    parser.add_argument("--simulator")
    parser.add_argument("--accounts", type=int, default=1000)
    parser.add_argument("--interval", type=int, default=120)
    options = parser.parse_args()
    verdicts = measure(options.wxtop, options.simulator or options.wxtop, options.accounts, options.interval)
    print(f"\n{options.accounts} accounts polled every {options.interval} s, load {os.getloadavg()[0]:.1f}:")
    for target, value, is_met in verdicts:
        print(f"{'pass' if is_met else 'MISS'}  {target:64} {value}")
    sys.exit(0 if all(is_met for _, _, is_met in verdicts) else 1)


if __name__ == "__main__":
    main()
