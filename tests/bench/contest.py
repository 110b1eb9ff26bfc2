"""contest: commands run in turn, A B C A B C, so that a machine whose speed drifts moves all alike."""
import os
import statistics
import subprocess
import sys
import time


class Side:
    """One command. A slow one runs in the first round only."""

    def __init__(self, name, command, slow=False, environment=None):
        self.name, self.command, self.slow = name, [str(word) for word in command], slow
        self.environment = {**os.environ, **(environment or {})}
        self.runs = {}

    def run(self, number):
        start = time.monotonic()
        process = subprocess.Popen(self.command, env=self.environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{' '.join(self.command)}: exit {process.returncode}\n{said.decode(errors='replace')}")
        self.runs[number] = (time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)

    def median(self, figure):
        return statistics.median(run[figure] for run in self.runs.values())

    @property
    def wall(self):
        return self.median(0)

    @property
    def cpu(self):
        return self.median(1)

    @property
    def peak(self):
        return max(run[2] for run in self.runs.values())


def ratio(side, other, figure=0):
    """The median of the ratios round by round."""
    common = side.runs.keys() & other.runs.keys()
    return statistics.median(side.runs[r][figure] / other.runs[r][figure] for r in common)


def hold(sides, rounds, warm=1):
    """Warm runs are not counted; slow sides are spared them."""
    for number in range(-warm, rounds):
        for side in sides:
            if side.slow and number != 0:
                continue
            side.run(number)
            if number < 0:
                del side.runs[number]
    for side in sides:
        walls = [run[0] for run in side.runs.values()]
        print(f"  {side.name:28} wall {side.wall:9.3f} s ({min(walls):.3f} to {max(walls):.3f})  "
              f"cpu {side.cpu:8.3f} s  peak {side.peak:7.0f} MiB", flush=True)
