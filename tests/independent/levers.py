"""Section 10 for single sellers and their sums: levers, gains, what binds, the whole job."""
from core import Timed
from estimators import *
from needs import Needs, null

FACTORS = ("territory", "prospecting", "win", "size", "cycle", "integrity")
LEVERS = ("win", "now", "creation", "cycle", "size", "integrity")
PARTS = ("territory", "prospecting", "win", "integrity", "pipeline", "forecast")


class Levers:
    def __init__(self, world, core, system, engagement):
        self.w, self.c, self.y, self.e = world, core, system, engagement
        self.present = {o for o, s in world.sellers.items() if o and not s.left}
        self.references()
        self.needs = Needs(world, core, system, engagement, self.present)
        self.made = {}

    def ramping(self, o):
        start = self.w.sellers[o].start
        return start is not None and self.y.cycle is not None and self.w.asof - start < self.y.cycle

    def clean_share(self, owners):
        open_ = [d for o in owners for d in self.y.open[o]]
        total = sum(d.amount or 0 for d in open_)
        return sum(d.amount or 0 for d in open_ if d.clean) / total if total else None

    def factor(self, o):
        m = self.y.people[o]
        return dict(territory=self.e.coverage([o])["value"], prospecting=m.lam, win=m.w, size=self.c.own([o])[0], cycle=m.cycle,
                    integrity=self.clean_share([o]))

    def references(self):
        w, c, y = self.w, self.c, self.y
        self.own = {o: self.factor(o) for o in self.present}
        steady = [o for o in self.present if not self.ramping(o)]
        every = sorted(w.sellers, key=lambda t: t.encode())
        company = dict(territory=self.e.coverage(every)["value"],
                       prospecting=sum(y.lam[o] for o in self.present) / len(self.present) if self.present else None,
                       win=c.p, size=c.A_company, cycle=c.c_company, integrity=self.clean_share(every))
        self.reference = {}
        for f in company:
            values = [self.own[o][f] for o in steady if self.own[o][f] is not None]
            best = nearest_rank(values, 25 if f == "cycle" else 75)
            self.reference[f] = company[f] if best is None else None if company[f] is None else (best + company[f]) / 2

    def seller(self, o):
        """levers {key: (now, next) or None}, gains {factor: money or None}"""
        if o in self.made:
            return self.made[o]
        w, c, y, m = self.w, self.c, self.y, self.y.people[o]
        base = y.money(m)
        more = lambda new: (new[0] - base[0], new[1] - base[1])
        F, D, Dn = m.time.F, w.D, w.D + w.lenn
        FD = F(D) if D else 0.0  # D = 0: F(D) = 0 in `now`
        flagged = [d for d in y.open[o] if not d.clean and not d.zombie]
        dirty = y.money(m, lam=0, deals=flagged)
        L = m.L
        levers = dict(win=more(y.money(m, s=min(1, m.w + .01) / c.p)), creation=more(y.money(m, lam=m.lam * 1.1)),
                      size=more(y.money(m, A=m.A * 1.1, scale=1.1)), integrity=dirty,
                      now=(m.A * min(1, m.s * FD), m.A * m.s * (F(Dn) - FD)) if o in self.present and m.has_A else None,
                      cycle=None if not L or L <= 5 else more(y.money(m, time=Timed(c.curve, m.time.k, L / (L - 5)))))
        self.made[o] = levers, self.gains(o, m, base, dirty)
        return self.made[o]

    def gains(self, o, m, base, dirty):
        c, y, ref, own = self.c, self.y, self.reference, self.own.get(o)
        if own is None:
            return {}
        moved = dict(
            territory=lambda: y.money(m, lam=m.lam * (min(2.0, ref["territory"] / own["territory"]) if own["territory"] else 2.0)),
            prospecting=lambda: y.money(m, lam=ref["prospecting"]), win=lambda: y.money(m, s=ref["win"] / c.p),
            size=lambda: y.money(m, A=m.A * ref["size"] / own["size"], scale=ref["size"] / own["size"]) if own["size"] > 0 else base,
            cycle=lambda: y.money(m, time=Timed(c.curve, m.time.k, own["cycle"] / ref["cycle"])) if ref["cycle"] > 0 else base)
        out = {}
        for f in FACTORS:
            if own[f] is None or ref[f] is None:
                out[f] = None
            elif own[f] <= ref[f] if f == "cycle" else own[f] >= ref[f]:
                out[f] = 0.0
            elif f == "integrity":
                out[f] = (ref[f] - own[f]) / (1 - own[f]) * sum(dirty)
            else:
                new = moved[f]()
                out[f] = new[0] + new[1] - base[0] - base[1]
        return out

    def measures(self, s, sofar):
        out = self.needs.measures(s)
        levers, gains = {}, {}
        for key in LEVERS:
            values = [v for v in (self.seller(o)[0][key] for o in s["owners"]) if v is not None]
            levers[key] = dict(period=sum(v[0] for v in values), next=sum(v[1] for v in values)) if values else dict(period=None, next=None)
        out["system.levers"] = dict(rows=levers)
        for key in FACTORS:
            values = [v for v in (self.seller(o)[1].get(key) for o in s["owners"] if o in self.present) if v is not None]
            gains[key] = sum(values) if values else None
        out["system.gains"] = dict(rows={key: dict(value=value) for key, value in gains.items()})
        out["system.binding"] = self.binding(s, gains)
        self.whole_job(out, s)
        return out

    def bound(self, gains, Q):
        """The largest gain's factor, "none", or None where no gain is known."""
        known = [f for f in FACTORS if gains.get(f) is not None]
        if not known:
            return None
        best = max(known, key=lambda f: (gains[f], -FACTORS.index(f)))
        enough = gains[best] > 0 and (Q is None or gains[best] >= .01 * Q)
        return best if enough else "none"

    def binding(self, s, gains):
        best = self.bound(gains, s["Q"])
        out = dict(value=best) if best is not None else null("not_configured" if s["owners"] else "no_data")
        if best is not None:
            out["co_binding"] = [f for f in FACTORS if best != "none" and f != best and gains[f] is not None and gains[f] >= .9 * gains[best]]
        if s["kind"] != "seller":
            each = [self.bound(self.seller(o)[1], self.y.Q.get(o)) for o in s["owners"] if o in self.present]
            out["rows"] = {f: dict(n=each.count(f)) for f in FACTORS}
        return out

    def whole_job(self, out, s):
        w, y, ref, kind = self.w, self.y, self.reference, s["kind"]
        counted = [o for o in s["owners"] if o in self.present and o in y.Q]
        E = s["B"] + sum(y.people[o].X + y.people[o].Y for o in s["owners"])
        steady = [self.needs.of(o)["steady"] for o in counted]
        cover, standing, Q = self.e.coverage(s["owners"]), None, s["Q"]
        if Q is not None and s["L"] is not None and s["A"] is not None and s["A"] > 0 and s["w"][0]:
            standing = s["L"] / w.len / s["w"][0] * Q / s["A"]
        have = dict(territory=cover["value"], prospecting=sum(y.lam[o] for o in counted) * w.len if counted else None, win=s["w"][0],
                    integrity=self.clean_share(s["owners"]), pipeline=len(s["clean"]), forecast=E)
        need = dict(territory=ref["territory"], prospecting=None if not counted or any(isinstance(x, str) for x in steady) else sum(steady),
                    win=ref["win"], integrity=ref["integrity"], pipeline=standing, forecast=Q)
        ratio = {p: have[p] / need[p] if have[p] is not None and need[p] is not None and need[p] > 0 else None for p in PARTS}
        out["system.whole_job"] = dict(rows={p: dict(have=have[p], need=need[p], ratio=ratio[p]) for p in PARTS})
        if kind == "seller" and "p90" in s:
            out["system.neglected"], out["system.over_invested"] = self.neglected(s, have, need, ratio, cover)

    def neglected(self, s, have, need, ratio, cover):
        w, c, y, o = self.w, self.c, self.y, s["id"]
        if o not in self.present or o not in y.Q:
            return null("not_configured"), null("not_configured")
        if self.ramping(o):
            return null("not_yet_expected"), null("not_yet_expected")
        m, Nc, N = y.people[o], len(s["clean"]), len(s["open"])
        n = dict(territory=cover.get("n", 0), prospecting=y.recent[o], win=c.n[o], integrity=N, pipeline=Nc, forecast=Nc)
        bounds = dict(territory=lambda: jeffreys(cover["k"], cover["n"])[1], prospecting=lambda: garwood_high(y.recent[o]) / y.lam_days[o] * w.len,
                      win=lambda: s["w"][2], integrity=lambda: jeffreys(Nc, N)[1], pipeline=lambda: garwood_high(Nc), forecast=lambda: s["p90"])
        base, gains = y.money(m), self.seller(o)[1]

        def gain(p):
            if p == "forecast":
                return need[p] - have[p]
            if p == "pipeline":
                stock = y.money(m, lam=0)
                return (stock[0] + stock[1]) * (1 / ratio[p] - 1) if stock[0] + stock[1] > 0 else 0
            if p == "prospecting":
                new = y.money(m, lam=need[p] / w.len)
                return new[0] + new[1] - base[0] - base[1]
            return gains[p] or 0
        fewest, rows, over = w.findings.minimum_n, {}, {}
        for p in PARTS:
            r = ratio[p]
            if r is None or n[p] < fewest:
                continue
            if r >= 1.5 and any(q != p and ratio[q] is not None and ratio[q] < .6 and n[q] >= fewest for q in PARTS):
                over[p] = dict(ratio=r)
            if r < .6 and any(q != p and ratio[q] is not None and ratio[q] >= 1 for q in PARTS):
                high = bounds[p]() / need[p]
                if high < 1 and gain(p) >= .05 * y.Q[o]:
                    rows[p] = dict(ratio=r, high=high, gain=gain(p))
        return dict(rows=rows), dict(rows=over)
