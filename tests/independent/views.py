"""What every scope is told: the measures whose value the comparison checks."""
import math
from collections import Counter, defaultdict

from engagement import Engagement
from estimators import *
from flags import FLAGS
from levers import Levers


def money_of(deals):
    return sum(d.amount for d in deals if d.amount is not None)


class Views:
    def __init__(self, world, core, flags, system):
        self.w, self.c, self.flags, self.y = world, core, flags, system
        self.e = Engagement(world, core)
        self.l = Levers(world, core, system, self.e)

    def measures(self, kind, id, owners):
        w, c, y = self.w, self.c, self.y
        mine, out = set(owners), {}
        decided = [d for d in c.decided if d.owner in mine]
        open_ = [d for d in c.open if d.owner in mine]
        clean = [d for d in open_ if d.clean]
        won, lost, nd = ([d for d in decided if d.outcome == o] for o in ("won", "lost", "no_decision"))
        W, L, ND = len(won), len(lost), len(nd)
        Z = sum(d.zombie for d in open_)
        for name, part in (("won", won), ("lost", lost), ("no_decision", nd)):
            out["deals." + name] = dict(number=len(part), value=money_of(part))
        for name, n in (("narrow", W + L), ("broad", W + L + ND), ("planning", W + L + ND + Z)):
            rate = dict(value=None) if n == 0 else dict(value=W / n, k=W, n=n, low=jeffreys(W, n)[0], high=jeffreys(W, n)[1])
            out["deals.win_rate." + name] = rate
        total = money_of(decided)
        out["deals.win_rate.value"] = dict(value=money_of(won) / total if total else None)
        known = [d for d in decided if d.amount is not None]
        if known:
            largest = min(known, key=lambda d: (-d.amount, d.outcome != "won", d.id.encode()))
            rest = total - largest.amount
            out["deals.win_rate.value_ex_largest"] = dict(value=(money_of(won) - (largest.amount if largest.outcome == "won" else 0)) / rest if rest else None)
        A, Ad, cycle, Lq = c.own(owners)
        if kind == "company":
            A, Ad, cycle, Lq = c.A_company, c.Ad_company, c.c_company, c.L_company
        weights = Counter(d.owner for d in clean)
        if kind == "seller":
            wv, low, high = c.win[id]
            wz = c.win_z[id]
        else:
            wv, low, high = self.team_rate(mine, weights)
            open_count = Counter(d.owner for d in open_)
            wz = self.team_rate_z(mine, open_count)
        out["deals.win_rate.own"] = dict(value=wv, low=low, high=high)
        out["deals.size.won"] = dict(value=A)
        out["deals.size.won_median"] = dict(value=median([d.amount for d in won if d.amount is not None]))
        out["deals.size.decided"] = dict(value=Ad)
        w_v = wv * A / Ad if A is not None and Ad else None
        out["deals.value_win_rate"] = dict(value=w_v)
        out["deals.cycle"] = dict(value=y.cycle)
        out["deals.cycle.own"] = dict(value=cycle)
        out["deals.cycle.naive"] = dict(value=sum(max(0, d.close - d.tq) for d in won) / W if W else None)
        out["deals.age_at_win.p95"] = dict(value=c.p95)
        self.pipeline(out, kind, id, mine, open_, clean, A, Ad, wv, wz, w_v, Lq, won)
        self.forecast(out, kind, id, mine, clean)
        self.cuts(out, open_)
        owners = sorted(mine, key=lambda t: t.encode())
        for part in (self.e.prospecting(kind, owners), self.e.kappa(owners), self.e.territory(owners), self.e.calls(owners)):
            out.update(part)
        out.pop("leads", None)
        for name, rows in self.l.measures(kind, id, owners).items():
            fields = ("period", "next") if name == "system.levers" else ("value",)
            for key, values in rows.items():
                for field, value in zip(fields, values if isinstance(values, tuple) else (values,)):
                    out[f"{name}[{key}]{field}"] = dict(row=(name, key, field), value=value)
        needs = [self.l.needs(o) for o in owners if o in self.l.present and o in self.y.Q]
        if needs and all(needs):
            for key in ("seed_raw", "seed_clean", "time_true", "steady"):
                values = [n[key] for n in needs]
                if None not in values:
                    out["system.needed." + key] = dict(value=sum(values))
        touched = [d.id in self.flags.any_touch for d in won]
        if touched and w.activities:
            out["calls.capture"] = dict(value=sum(touched) / len(touched), k=sum(touched), n=len(touched))
        return out

    def team_rate(self, mine, weights):
        c = self.c
        total = sum(weights.values())
        order = sorted(mine, key=lambda t: t.encode())
        if total:
            return tuple(sum(weights[o] * c.win[o][i] for o in order) / total for i in range(3))
        k, n = sum(c.k[o] for o in mine), sum(c.n[o] for o in mine)
        if n:
            return (k / n, *jeffreys(k, n))
        return (c.p, *c.shrink.company_interval())

    def team_rate_z(self, mine, weights):
        c = self.c
        total = sum(weights.values())
        if total:
            return sum(weights[o] * c.win_z[o] for o in sorted(mine, key=lambda t: t.encode())) / total
        k, n = sum(c.k[o] for o in mine), sum(c.n[o] + c.z[o] for o in mine)
        return k / n if n else c.shrink_z.p

    def pipeline(self, out, kind, id, mine, open_, clean, A, Ad, wv, wz, w_v, Lq, won):
        w, c, y = self.w, self.c, self.y
        N, V, Nc, Vc = len(open_), money_of(open_), len(clean), money_of(clean)
        out["pipeline.open"] = dict(number=N, value=V)
        out["pipeline.clean"] = dict(number=Nc, value=Vc)
        out["pipeline.flagged"] = dict(rows={f: (sum(f in d.flags for d in open_), money_of([d for d in open_ if f in d.flags])) for f in FLAGS if w.rules[f].word != "off"})
        primary = [d for d in open_ if d.primary]
        out["pipeline.flagged.primary"] = dict(rows={f: (sum(d.primary == f for d in primary), money_of([d for d in primary if d.primary == f])) for f in {d.primary for d in primary}})
        Q = y.quota_of(kind, id)
        B = sum(y.booked[o] for o in mine)
        out["forecast.quota"], out["forecast.booked"] = dict(value=Q), dict(value=B)
        out["pipeline.coverage.needed.number"] = dict(value=1 / wv if wv else None)
        out["pipeline.coverage.needed.value"] = dict(value=1 / w_v if w_v else None)
        out["pipeline.coverage.needed.raw"] = dict(value=1 / wz if wz else None)
        out["pipeline.coverage.standing.number"] = dict(value=Lq / w.len / wv if Lq is not None and wv else None)
        out["pipeline.coverage.global_ask"] = dict(value=w.coverage.flat_multiple * wv)
        created = [d for d in w.deals.values() if d.owner in mine and d.segment != "renewal" and d.tq is not None]
        in_p = [d for d in created if w.P.start <= d.tq <= w.P.end]
        in_r = [d for d in created if c.R(d.tq)]
        out["pipeline.created"] = dict(number=len(in_p), value=money_of(in_p))
        out["pipeline.created.recent"] = dict(number=len(in_r), value=money_of(in_r))
        left = sum(1 for d in w.deals.values() if d.owner in mine and d.segment != "renewal" and d.tq is not None and c.R(d.close) and
                   d.outcome in ("won", "lost", "no_decision", "disqualified"))
        out["pipeline.replacement"] = dict(value=len(in_r) / left if left else None)
        out["pipeline.velocity.observed"] = dict(value=money_of(won) / 365)
        if Lq and A is not None:
            out["pipeline.velocity"] = dict(value=Nc * wv * A / Lq)
        values = sorted((d.amount for d in open_ if d.amount is not None and d.amount > 0), reverse=True)
        if values:
            out["pipeline.concentration.top3"] = dict(value=sum(values[:3]) / sum(values))
            out["pipeline.concentration.effective"] = dict(value=sum(values) ** 2 / sum(v * v for v in values))
        if Q is None:
            return
        G = max(0, Q - B)
        out["forecast.gap"] = dict(value=G)
        if G and A:
            Wn = G / A
            q = sum(y.q[d.id] for d in clean)
            X = sum(y.people[o].X for o in mine)
            out["pipeline.wins_needed"] = dict(value=Wn)
            out["pipeline.deals_needed"] = dict(value=Wn / wv)
            out["pipeline.value_needed"] = dict(value=G / w_v)
            out["pipeline.coverage.raw.number"] = dict(value=N / Wn)
            out["pipeline.coverage.raw.value"] = dict(value=V / G)
            out["pipeline.coverage.clean.number"] = dict(value=Nc / Wn)
            out["pipeline.coverage.clean.value"] = dict(value=Vc / G)
            out["pipeline.coverage.sufficiency.number"] = dict(value=q / Wn)
            out["pipeline.coverage.sufficiency.value"] = dict(value=X / G)

    def forecast(self, out, kind, id, mine, clean):
        w, c, y = self.w, self.c, self.y
        people = [y.people[o] for o in sorted(mine, key=lambda t: t.encode())]
        X, Y, B = sum(m.X for m in people), sum(m.Y for m in people), sum(m.B for m in people)
        out["prospecting.creation"] = dict(value=sum(m.lam for m in people))
        out["forecast.existing"], out["forecast.new"] = dict(value=X), dict(value=Y)
        out["forecast.expected"] = dict(value=B + X + Y)
        out["forecast.next"] = dict(value=sum(m.next for m in people))
        out["forecast.steady"] = dict(value=sum(m.lam * m.A * m.s for m in people) * c.curve.infinite() * w.len)
        if clean:
            known = [d for d in clean if d.amount is not None]
            if known:
                largest = min(known, key=lambda d: (-d.amount, d.id.encode()))
                out["forecast.without_largest"] = dict(value=B + X + Y - max(0, largest.amount) * y.q[largest.id])
        Amax = max([m.A for m in people] or [0])
        v = [max(0, d.amount or 0) for d in sorted(clean, key=lambda d: d.id.encode())]
        top = math.floor(sum(v) + Y + 10 * math.sqrt(Y * Amax) + 3 * Amax + .5)
        if top > 0 and len(v) <= 400:
            h = max(1, -(-top // 1024))
            mass = distribution([(max(0, d.amount or 0), y.q[d.id]) for d in sorted(clean, key=lambda d: d.id.encode())],
                                [(m.Y / m.A, m.A) for m in people if m.A > 0], top, h, w.forecast.correlation)
            total, marks = 0.0, {.1: None, .5: None, .9: None}
            for i, m in enumerate(mass):
                total += m
                for share in marks:
                    if marks[share] is None and total >= share - 1e-12:
                        marks[share] = i * h
            for share, name in ((.1, "p10"), (.5, "p50"), (.9, "p90")):
                out["forecast." + name] = dict(value=B + (marks[share] or 0))
            Q = out["forecast.quota"]["value"]
            if Q is not None:
                out["forecast.p_hit"] = dict(value=1.0 if Q == 0 else sum(m for i, m in enumerate(mass) if i * h >= Q - B - h / 2))

    def cuts(self, out, open_):
        w = self.w
        cut = lambda key: {k: (len(v), money_of(v)) for k, v in self.group(open_, key).items()}
        bins = ((30, "0-30"), (90, "31-90"), (180, "91-180"), (365, "181-365"))
        out["pipeline.by_stage"] = dict(rows=cut(lambda d: d.stage.name if d.stage is not None else ""))
        out["pipeline.by_age"] = dict(rows=cut(lambda d: next((name for limit, name in bins if d.age <= limit), "366+")))
        out["pipeline.by_source"] = dict(rows=cut(lambda d: d.source))
        from world import iso
        out["pipeline.by_close_month"] = dict(rows=cut(lambda d: iso(d.close)[:7] if d.close is not None else ""))

    @staticmethod
    def group(deals, key):
        groups = defaultdict(list)
        for d in deals:
            groups[key(d)].append(d)
        return groups
