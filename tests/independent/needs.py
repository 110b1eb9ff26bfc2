"""The backward plan of section 10, its caps, what closes the gap alone, and scenarios."""
import math

from core import Timed
from world import iso


def null(why):
    return dict(value=None, why=why)


def over(a, b):
    """a / b; nothing missing is nothing needed, a reason otherwise stays"""
    if isinstance(a, str):
        return a
    if a == 0:
        return 0.0
    return b if isinstance(b, str) else a / b if b > 0 else "zero_denominator"


KEYS = ("seed_raw", "seed_clean", "time_true", "steady", "steady_leads", "leads", "accounts")


class Needs:
    def __init__(self, world, core, system, engagement, present):
        self.w, self.c, self.y, self.e, self.present = world, core, system, engagement, present
        self.made = {}

    def time_true(self, o, X, s):
        """New deals today that close what is missing, at s."""
        m = self.y.people[o]
        missing = max(0, max(0, self.y.Q[o] - m.B) - X)
        if missing == 0:
            return 0.0
        if not m.has_A:
            return "no_data"
        return "too_late" if s * m.FD < self.w.capacity.too_late_below or s * m.FD <= 0 else over(missing, m.A * s * m.FD)

    def of(self, o):
        """Of a present seller with a quota: each need or why not."""
        if o in self.made:
            return self.made[o]
        w, c, y, m = self.w, self.c, self.y, self.y.people[o]
        A, gap = (m.A if m.has_A else "no_data"), max(0, y.Q[o] - m.B)
        less = lambda need, have: need if isinstance(need, str) else max(0.0, need - have)
        rate, kappa = self.rate(o), self.e.kappa([o])
        out = dict(seed_raw=less(over(over(gap, A), c.win_z[o]), len(y.open[o])), seed_clean=less(over(over(gap, A), m.w), len(m.clean)),
                   time_true=self.time_true(o, m.X, m.s), steady=over(over(y.Q[o], A), m.w))
        out["leads"], out["steady_leads"] = over(out["time_true"], rate), over(out["steady"], rate)
        need = out["time_true"]
        out["accounts"] = need if isinstance(need, str) or need == 0 else kappa["why"] if kappa["value"] is None else need * kappa["value"]
        self.made[o] = out
        return out

    def rate(self, o):
        if not self.w.has["leads"]:
            return "not_configured"
        return self.e.rate[o][0] if self.e.rate_shrink.N else "no_data"

    def total(self, owners, need):
        """The sum over present sellers with a quota; one reason makes it null."""
        values = [need(o) for o in owners]
        reason = next((v for v in values if isinstance(v, str)), None)
        return null("not_configured") if not values else null(reason) if reason else dict(value=sum(values))

    def measures(self, s):
        w, y, out = self.w, self.y, {}
        counted = [o for o in s["owners"] if o in self.present and o in y.Q]
        for key in KEYS:
            out["system.needed." + key] = self.total(counted, lambda o: self.of(o)[key])
        for name, day in (("last_useful_day", -1), ("visible_from", 1)):
            out["system." + name] = null("no_data") if y.cycle is None else \
                dict(value=iso(w.P.end - y.cycle if day < 0 else w.asof + y.cycle))
        out["system.feasible"] = self.feasible(s, counted, out["system.needed.time_true"]["value"])
        out["system.scenarios"] = self.scenarios(s, counted)
        if s["kind"] == "seller":
            out["system.closes_alone"] = self.alone(s["id"]) if s["id"] in y.Q else null("not_configured")
        return out

    def feasible(self, s, counted, need):
        w, y = self.w, self.y
        if not counted:
            return null("not_configured")
        if not all(y.people[o].has_A for o in counted):
            return null("no_data")
        caps = dict(creation=0.0, accounts=0.0, concurrent=0.0)
        for o in counted:
            cover, kappa = self.e.coverage([o]), self.e.kappa([o])["value"]
            icp = sum(a.owner == o and a.icp is True for a in w.accounts.values())
            unworked = 0 if cover["value"] is None and cover["why"] == "zero_denominator" else icp - cover["k"] if cover["value"] is not None else None
            caps["creation"] += w.capacity.creation_times * 91 * y.lam[o]
            caps["concurrent"] += max(0, w.capacity.concurrent_deals - len(y.people[o].clean))
            if unworked is None or not kappa:
                caps["accounts"] = None
            if caps["accounts"] is not None:
                caps["accounts"] += unworked / kappa
        caps = {k: v for k, v in caps.items() if v is not None}
        worth = sum(y.people[o].A * y.people[o].s * y.people[o].FD for o in counted) / len(counted)
        E = s["B"] + sum(y.people[o].X + y.people[o].Y for o in s["owners"])
        return dict(value=E + min(caps.values()) * worth,
                    rows={k: dict(have=v, need=need, value=None if need is None else need <= v) for k, v in caps.items()})

    def scenarios(self, s, counted):
        w, c, y, rows = self.w, self.c, self.y, {}
        for given in w.cfg.get("what_if") or [dict(win_rate=.5)]:
            v, own = float(given["win_rate"]), s["w"][0]
            expected, X = 0.0, {}
            for o in s["owners"]:
                m = y.people[o]
                X[o] = y.money(m, s=v / c.p, lam=0)[0]
                expected += m.B + y.money(m, s=v / c.p)[0]
            needed = self.total(counted, lambda o: self.time_true(o, X[o], v / c.p))["value"]
            deals = None if s["Q"] is None else 0 if s["G"] == 0 else s["G"] / s["A"] / v if s["A"] is not None and s["A"] > 0 and v else None
            m = (own + v) / 2
            root = 1.959963985 * math.sqrt(2 * m * (1 - m)) + 0.841621234 * math.sqrt(own * (1 - own) + v * (1 - v))
            rows[f"win_rate {v:g}"] = dict(expected=expected, needed=needed, deals_needed=deals,
                                           proof_deals=None if v == own else math.ceil(root * root / (v - own) ** 2))
        return dict(rows=rows)

    def alone(self, o):
        """The smallest w, lambda, A, the longest cycle at which E = Q."""
        c, y, m = self.c, self.y, self.y.people[o]
        Q, rows = y.Q[o], {}
        k = m.time.k
        change = dict(win=(m.w, 1.0, lambda t: y.money(m, s=t / c.p)), creation=(1.0, 3.0, lambda t: y.money(m, lam=m.lam * t)),
                      size=(1.0, 2.0, lambda t: y.money(m, A=m.A * t, scale=t)), cycle=(1.0, 2.0, lambda t: y.money(m, time=Timed(c.curve, k, t))))
        unit = dict(win=lambda t: t, creation=lambda t: m.lam * t, size=lambda t: m.A * t if m.has_A else None,
                    cycle=lambda t: m.cycle / t if m.cycle is not None else None)
        for key, (low, high, E) in change.items():
            if m.E >= Q:
                rows[key] = dict(value=None, why="met")
                continue
            if m.B + E(high)[0] < Q:
                rows[key] = dict(value=None, why="impossible")
                continue
            for _ in range(60):
                middle = (low + high) / 2
                low, high = (low, middle) if m.B + E(middle)[0] >= Q else (middle, high)
            rows[key] = dict(value=unit[key](high))
        return dict(rows=rows)
