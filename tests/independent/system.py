"""Sections 9 and 10 for one seller, and what adds up."""
import math
from collections import defaultdict
from fractions import Fraction

from core import Timed
from estimators import *


class Seller(dict):
    __getattr__ = dict.get
    __setattr__ = dict.__setitem__


class System:
    def __init__(self, world, core):
        self.w, self.c = world, core
        self.q = {}
        self.recent = defaultdict(int)
        for d in world.deals.values():
            if d.segment != "renewal" and core.R(d.tq):
                self.recent[d.owner] += 1
        self.open = defaultdict(list)
        for d in sorted(core.open, key=lambda d: d.id.encode()):
            self.open[d.owner].append(d)
        self.booked = defaultdict(int)
        for d in world.deals.values():
            if d.outcome == "won" and world.P.start <= d.close <= world.P.end and d.amount is not None:
                self.booked[d.owner] += d.amount
        self.cycle = core.curve.reach(.5)
        self.creation()
        self.people = {o: self.seller(o) for o in core.owners}
        self.quotas()

    def creation(self):
        w = self.w
        days, raw = {}, {}
        for o, s in w.sellers.items():
            if s.left or (s.start is not None and s.start > w.asof):
                days[o] = None if s.left else 0
                raw[o] = 0.0
                continue
            days[o] = 91 if s.start is None else min(91, w.asof - s.start + 1)
            raw[o] = self.recent[o] / days[o]
        self.lam, self.lam_days = {}, days
        present = lambda o: days[o] is not None and o != ""
        for o, s in w.sellers.items():
            if days[o] is None or (s.start is not None and s.start > w.asof):
                self.lam[o] = 0.0
            elif days[o] < 14:
                old = [x for x in w.sellers if present(x) and x != o and days[x] >= 14]
                team = [raw[x] for x in sorted(old) if w.sellers[x].team == s.team]
                every = [raw[x] for x in sorted(old)]
                self.lam[o] = sum(team) / len(team) if team else sum(every) / len(every) if every else 0.0
            else:
                self.lam[o] = raw[o]

    def seller(self, o):
        w, c = self.w, self.c
        A, Ad, cycle, L = c.own([o])
        m = Seller(id=o, w=c.win[o][0], s=c.s[o], has_A=A is not None, A=max(0.0, A or 0.0), Ad=Ad, cycle=cycle, L=L, time=c.time_of(o), lam=self.lam[o], B=self.booked[o])
        D, Dn = w.D, w.D + w.lenn
        m.clean = [d for d in self.open[o] if d.clean]
        for d in self.open[o]:
            self.q[d.id] = min(1.0, c.chance(d, m.time, m.s, D))
        m.X = sum(max(0, d.amount or 0) * self.q[d.id] for d in m.clean)
        m.Y = m.lam * m.A * m.s * m.time.sum_F(D)
        m.E = m.B + m.X + m.Y
        m.next = self.next_money(m)
        m.FD = m.time.F(D) if D > 0 else 0.0
        return m

    def q_next(self, d, m, s=None, time=None):
        w, c, s, time = self.w, self.c, m.s if s is None else s, time or m.time
        q = min(1.0, c.chance(d, time, s, w.D)) if w.D > 0 else 0.0
        return min(1 - q, c.chance(d, time, s, w.lenn, already=w.D))

    def money(self, m, s=None, lam=None, A=None, time=None, scale=1.0, deals=None):
        """(E of P, E of P+) without booked, with factors replaced; v scaled by `scale`."""
        w, c = self.w, self.c
        s, lam, A, time = (m.s if s is None else s), (m.lam if lam is None else lam), (m.A if A is None else A), time or m.time
        deals = m.clean if deals is None else deals
        v = lambda d: max(0, d.amount or 0) * scale
        now = sum(v(d) * min(1.0, c.chance(d, time, s, w.D)) for d in deals) + lam * A * s * time.sum_F(w.D)
        after = sum(v(d) * self.q_next(d, m, s, time) for d in deals) + lam * A * s * (time.sum_F(w.D + w.lenn) - time.sum_F(w.D))
        return now, after

    def next_money(self, m):
        return self.money(m)[1]

    def quotas(self):
        w = self.w
        rows = w.quota.get(w.P.name, {})
        ramp = w.cfg.get("ramp") or []
        self.Q = {}
        for (kind, id), amount in rows.items():
            if kind != "seller":
                continue
            start = w.sellers[id].start
            share = 1.0
            if ramp and start is not None:
                at = 0 if start > w.asof else (w.asof - start) // 91
                share = ramp[at] if at < len(ramp) else 1.0
            self.Q[id] = math.floor(amount * Fraction(str(share)) + Fraction(1, 2))
        self.team_quota = {id: amount for (kind, id), amount in rows.items() if kind == "team"}

    def quota_of(self, kind, id):
        if kind == "seller":
            return self.Q.get(id)
        return self.team_quota[id] if id in self.team_quota else self.quota_below(None if kind == "company" else id)

    def quota_below(self, team):
        """The sum of the quotas of direct child teams and direct sellers; None without any."""
        w = self.w
        parts = [self.quota_of("team", t.id) for t in w.teams.values() if t.parent == team]
        parts += [self.Q.get(s.id) for s in w.sellers.values() if s.id and s.team == team]
        parts = [p for p in parts if p is not None]
        return sum(parts) if parts else None
