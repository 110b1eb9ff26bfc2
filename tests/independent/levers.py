"""Section 10 for single sellers and their sums: backward plan, levers, gains, whole job."""
from core import Timed
from estimators import *


class Levers:
    def __init__(self, world, core, system, engagement):
        self.w, self.c, self.y, self.e = world, core, system, engagement
        self.present = {o for o, s in world.sellers.items() if o and not s.left}
        self.references()

    def ramping(self, o):
        start = self.w.sellers[o].start
        return start is not None and self.y.cycle is not None and self.w.asof - start < self.y.cycle

    def clean_share(self, owners):
        open_ = [d for o in owners for d in self.y.open[o]]
        total = sum(d.amount or 0 for d in open_)
        return sum(d.amount or 0 for d in open_ if d.clean) / total if total else None

    def factor(self, o):
        m = self.y.people[o]
        cover = self.e.territory([o]).get("territory.coverage.number", {}).get("value")
        return dict(territory=cover, prospecting=m.lam, win=m.w, size=m.A or None, cycle=m.cycle, integrity=self.clean_share([o]))

    def references(self):
        w, c, y = self.w, self.c, self.y
        self.own = {o: self.factor(o) for o in self.present}
        steady = [o for o in self.present if not self.ramping(o)]
        every = sorted(w.sellers, key=lambda t: t.encode())
        company = dict(territory=self.e.territory(every).get("territory.coverage.number", {}).get("value"),
                       prospecting=sum(y.lam[o] for o in self.present) / len(self.present) if self.present else None,
                       win=c.p, size=c.A_company, cycle=c.c_company, integrity=self.clean_share(every))
        self.reference = {}
        for f in company:
            values = [self.own[o][f] for o in steady if self.own[o][f] is not None]
            best = nearest_rank(values, 25 if f == "cycle" else 75)
            self.reference[f] = company[f] if best is None else None if company[f] is None else (best + company[f]) / 2

    def seller(self, o):
        """levers {key: (now, next)}, gains {factor: money}; None where null"""
        w, c, y, m = self.w, self.c, self.y, self.y.people[o]
        base = y.money(m)
        more = lambda new: (new[0] - base[0], new[1] - base[1])
        D, Dn = w.D, w.D + w.lenn
        levers = {"win": more(y.money(m, s=min(1, m.w + .01) / c.p)),
                  "creation": more(y.money(m, lam=m.lam * 1.1)),
                  "size": more(y.money(m, A=m.A * 1.1, scale=1.1))}
        F = m.time.F
        levers["now"] = (m.A * min(1, m.s * (F(D) if D else 0)), m.A * m.s * (F(Dn) - F(D))) if o in self.present else None
        L = m.L
        levers["cycle"] = None if not L or L <= 5 else more(y.money(m, time=Timed(c.curve, m.time.k, L / (L - 5))))
        flagged = [d for d in y.open[o] if not d.clean and not d.zombie]
        dirty = y.money(m, lam=0, deals=flagged)
        levers["integrity"] = dirty
        return base, levers, self.gains(o, m, base, dirty)

    def gains(self, o, m, base, dirty):
        c, y, ref, own = self.c, self.y, self.reference, self.own.get(o)
        if own is None:
            return {}
        total = lambda new: new[0] + new[1] - base[0] - base[1]
        better = lambda f: own[f] is None or ref[f] is None
        out = {}
        def gain(f, new):
            if better(f):
                return None
            worse = own[f] > ref[f] if f == "cycle" else own[f] < ref[f]
            return total(new()) if worse else 0.0
        scale = lambda f: min(2.0, ref[f] / own[f]) if own[f] else 2.0
        out["territory"] = gain("territory", lambda: y.money(m, lam=m.lam * scale("territory")))
        out["prospecting"] = gain("prospecting", lambda: y.money(m, lam=ref["prospecting"]))
        out["win"] = gain("win", lambda: y.money(m, s=ref["win"] / c.p))
        out["size"] = gain("size", lambda: y.money(m, A=m.A * ref["size"] / own["size"], scale=ref["size"] / own["size"]))
        out["cycle"] = gain("cycle", lambda: y.money(m, time=Timed(c.curve, m.time.k, own["cycle"] / ref["cycle"])))
        if not better("integrity"):
            c_own = own["integrity"]
            out["integrity"] = 0.0 if c_own >= ref["integrity"] else (ref["integrity"] - c_own) / (1 - c_own) * sum(dirty)
        return out

    def measures(self, kind, id, owners):
        y, w, out = self.y, self.w, {}
        made = [(o, *self.seller(o)) for o in sorted(owners, key=lambda t: t.encode())]
        rows = {}
        for key in ("win", "now", "creation", "cycle", "size", "integrity"):
            values = [levers[key] for _, _, levers, _ in made if levers[key] is not None]
            if values:
                rows[key] = (sum(v[0] for v in values), sum(v[1] for v in values))
        out["system.levers"] = rows
        gains = {}
        for key in ("territory", "prospecting", "win", "size", "cycle", "integrity"):
            values = [g[key] for o, _, _, g in made if o in self.present and g.get(key) is not None]
            if values:
                gains[key] = sum(values)
        out["system.gains"] = gains
        return out

    def needs(self, o):
        """seed_raw, seed_clean, time_true, steady of a present seller with a quota; None otherwise"""
        w, c, y = self.w, self.c, self.y
        Q = y.Q.get(o)
        if Q is None or o not in self.present:
            return None
        m = y.people[o]
        G = max(0, Q - m.B)
        N, Nc = len(y.open[o]), len(m.clean)
        Wn = G / m.A if m.A else None
        if Wn is None:
            return None
        reach = m.s * m.FD
        late = max(0, G - m.X)
        return dict(seed_raw=max(0.0, Wn / c.win_z[o] - N), seed_clean=max(0.0, Wn / m.w - Nc),
                    time_true=0.0 if late == 0 else None if reach < w.capacity.too_late_below else late / (m.A * reach),
                    steady=Q / m.A / m.w)
