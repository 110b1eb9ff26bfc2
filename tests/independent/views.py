"""What every scope is told: winning, pipeline and forecast, each measure whole: value or why not,
counts, interval, rows."""
import math
from collections import Counter, defaultdict

from engagement import Engagement
from estimators import *
from flags import FLAGS
from levers import Levers

BINS = ((30, "0-30"), (90, "31-90"), (180, "91-180"), (365, "181-365"), (10 ** 9, "366+"))


def money_of(deals):
    return sum(d.amount for d in deals if d.amount is not None)


def null(why):
    return dict(value=None, why=why)


def ratio(a, b, **more):
    """a / b; a reason where either is one."""
    for x in (a, b):
        if isinstance(x, str):
            return null(x)
    return dict(value=a / b, **more) if b > 0 else null("zero_denominator")


def rate(k, n):
    if n == 0:
        return null("zero_denominator")
    low, high = jeffreys(k, n)
    return dict(value=k / n, k=k, n=n, low=low, high=high)


def known(x, why="zero_denominator"):
    return null(why) if x is None else dict(value=x)


def groups(deals, key):
    out = defaultdict(list)
    for d in deals:
        out[key(d)].append(d)
    return out


def tallies(deals, key, always=()):
    rows = {k: dict(number=len(v), value=money_of(v)) for k, v in groups(deals, key).items()}
    return dict(rows={**{k: dict(number=0, value=0) for k in always}, **rows})


class Views:
    rate = staticmethod(rate)

    def __init__(self, world, core, flags, system):
        self.w, self.c, self.flags, self.y = world, core, flags, system
        self.e = Engagement(world, core)
        self.l = Levers(world, core, system, self.e)

    def measures(self, kind, id, owners):
        w, c, y = self.w, self.c, self.y
        s = dict(kind=kind, id=id, owners=sorted(owners, key=lambda t: t.encode()), mine=set(owners))
        s["decided"] = [d for d in c.decided if d.owner in s["mine"]]
        s["won"] = [d for d in s["decided"] if d.outcome == "won"]
        s["open"] = [d for d in c.open if d.owner in s["mine"]]
        s["clean"] = [d for d in s["open"] if d.clean]
        s["A"], s["Ad"], s["cycle"], s["L"] = c.own(owners) if kind != "company" else (c.A_company, c.Ad_company, c.c_company, c.L_company)
        s["w"], s["wz"] = self.rates(s)
        out = {}
        self.winning(out, s)
        self.mix(out, s)
        self.stock(out, s)
        self.coverage(out, s)
        self.flow(out, s)
        self.money(out, s)
        self.spread(out, s)
        for part in (self.e.prospecting, self.e.territory, self.e.calls):
            out.update(part(s, self))
        out.update(self.l.measures(s, out))
        return out

    # -- deals
    def rates(self, s):
        c = self.c
        if s["kind"] == "seller":
            return (*c.win[s["id"]], c.shrink.basis), c.win_z[s["id"]]
        def team(shrink, rates, weights, n_of):
            total = sum(weights.values())
            if total:
                return tuple(sum(weights[o] * rates[o][i] for o in s["owners"]) / total for i in range(3))
            k, n = sum(c.k[o] for o in s["mine"]), sum(n_of(o) for o in s["mine"])
            if n == 0:
                return (shrink.p, *shrink.company_interval())
            return (shrink.p if shrink.K in (0, shrink.N) else k / n, *jeffreys(k, n))
        w = team(c.shrink, c.win, Counter(d.owner for d in s["clean"]), lambda o: c.n[o])
        wz = team(c.shrink_z, {o: (v,) * 3 for o, v in c.win_z.items()}, Counter(d.owner for d in s["open"]), lambda o: c.n[o] + c.z[o])
        return (*w, "sum"), wz[0]

    def winning(self, out, s):
        c, y = self.c, self.y
        decided, won = s["decided"], s["won"]
        of = lambda o: [d for d in decided if d.outcome == o]
        for name in ("won", "lost", "no_decision"):
            out["deals." + name] = dict(number=len(of(name)), value=money_of(of(name)))
        W, L, n, Z = len(won), len(of("lost")), len(decided), sum(d.zombie for d in s["open"])
        out["deals.win_rate.narrow"], out["deals.win_rate.broad"] = rate(W, W + L), rate(W, n)
        out["deals.win_rate.planning"] = rate(W, n + Z)
        valued = [d for d in decided if d.amount is not None]
        def value_rate(deals, count):
            if count and not deals:
                return null("no_data")
            won = [d for d in deals if d.outcome == "won"]
            return dict(value=money_of(won) / money_of(deals), k=len(won), n=len(deals)) if money_of(deals) else null("zero_denominator")
        out["deals.win_rate.value"] = value_rate(valued, n)
        largest = min(valued, key=lambda d: (-d.amount, d.outcome != "won", d.id.encode()), default=None)
        out["deals.win_rate.value_ex_largest"] = value_rate([d for d in valued if d is not largest], n - (largest is not None))
        w, low, high, basis = s["w"]
        out["deals.win_rate.own"] = dict(value=w, low=low, high=high, basis=basis, k=W, n=n)
        A, Ad = s["A"], s["Ad"]
        out["deals.size.won"], out["deals.size.decided"] = known(A, "no_data"), known(Ad, "no_data")
        out["deals.size.won_median"] = known(median([d.amount for d in won if d.amount is not None]))
        out["deals.value_win_rate"] = null("no_data") if A is None or Ad is None else ratio(w * A, Ad)
        reach = [c.curve.reach(x) for x in (.5, .1, .9)]
        cycle = known(reach[0], "no_data")
        if reach[0] is not None:
            cycle.update(low=reach[1], high=reach[2])
        if c.curve.prior:
            cycle.update(basis="prior")
        out["deals.cycle"] = cycle
        out["deals.cycle.own"] = known(s["cycle"])
        out["deals.cycle.naive"] = known(sum(max(0, d.close - d.tq) for d in won) / W if W else None)
        out["deals.age_at_win.p95"] = known(c.p95)
        out["deals.size_effect"] = dict(a=c.effect[0], b=c.effect[1]) if c.effect else dict(value=None, why="too_few", basis="no_size_effect")
        if s["kind"] == "company":
            names = dict(w="F_w", l="F_l", nd="F_nd", dq="F_dq")
            rows = {} if c.curve.prior else {age: dict(S=S, **{names[k]: F.get(k, 0.0) for k in names}) for age, F, S in c.curve.rows}
            out["curve"] = dict(rows=rows, basis="prior" if c.curve.prior else None)

    def mix(self, out, s):
        w, c, decided = self.w, self.c, s["decided"]
        if "loss_reason" in w.columns["deals"]:
            out["deals.loss_reasons"] = tallies([d for d in decided if d.outcome != "won"], lambda d: d.loss_reason, [""])
        else:
            out["deals.loss_reasons"] = null("not_configured")
        def rated(key, always):
            rows = {}
            parts = groups(decided, key)
            for k in {*parts, *always}:
                r = rate(sum(d.outcome == "won" for d in parts.get(k, [])), len(parts.get(k, [])))
                rows[k] = dict(k=r.get("k", 0), n=r.get("n", 0), rate=r["value"], low=r.get("low"), high=r.get("high"))
            return rows, parts
        if "source" in w.columns["deals"]:
            rows, parts = rated(lambda d: d.source, [""])
            for k in rows:
                rows[k].update(number=len(parts.get(k, [])), value=money_of(parts.get(k, [])))
            out["deals.sources"] = dict(rows=rows)
        else:
            out["deals.sources"] = null("not_configured")
        if w.cfg.get("qualification"):
            weakest = lambda d: str(min(l for l in d.letters if l is not None)) if any(l is not None for l in d.letters) else ""
            rows, _ = rated(weakest, [""])
            below = None
            for k in sorted(k for k in rows if k):
                rows[k]["no_lift"] = below is not None and rows[k]["low"] <= below["high"] and rows[k]["high"] >= below["low"]
                below = rows[k]
            rows[""]["no_lift"] = False
            out["deals.qualification"] = dict(rows=rows)
        else:
            out["deals.qualification"] = null("not_configured")
        big = lambda d: c.strategic(d)
        part, won = [d for d in s["open"] if big(d)], [d for d in s["won"] if big(d)]
        share = lambda a, b: money_of(a) / money_of(b) if money_of(b) > 0 else None
        out["deals.strategic"] = dict(number=len(part), value=money_of(part), share_open=share(part, s["open"]), share_won=share(won, s["won"]))

    # -- pipeline
    def stock(self, out, s):
        w, open_ = self.w, s["open"]
        out["pipeline.open"] = dict(number=len(open_), value=money_of(open_))
        out["pipeline.clean"] = dict(number=len(s["clean"]), value=money_of(s["clean"]))
        having = lambda f: [d for d in open_ if f in d.flags]
        out["pipeline.flagged"] = dict(rows={f: dict(number=len(having(f)), value=money_of(having(f))) for f in FLAGS if w.rules[f].word != "off"})
        out["pipeline.flagged.primary"] = tallies([d for d in open_ if d.primary], lambda d: d.primary)
        from world import iso
        out["pipeline.by_stage"] = tallies(open_, lambda d: d.stage.name if d.stage is not None else "", [""])
        out["pipeline.by_age"] = tallies(open_, lambda d: next(name for limit, name in BINS if d.age <= limit), [name for _, name in BINS])
        out["pipeline.by_source"] = tallies(open_, lambda d: d.source, [""])
        out["pipeline.by_close_month"] = tallies(open_, lambda d: iso(d.close)[:7] if d.close is not None else "", [""])
        v = sorted((d.amount for d in open_ if d.amount is not None and d.amount > 0), reverse=True)
        out["pipeline.concentration.top3"] = ratio(sum(v[:3]), sum(v))
        out["pipeline.concentration.effective"] = ratio(sum(v) ** 2, sum(x * x for x in v))

    def coverage(self, out, s):
        w, y = self.w, self.y
        Q, B = y.quota_of(s["kind"], s["id"]), sum(y.booked[o] for o in s["mine"])
        G = "not_configured" if Q is None else max(0, Q - B)
        s.update(Q=Q, B=B, G=G)
        A, Ad, L = ("no_data" if s[k] is None else s[k] for k in ("A", "Ad", "L"))
        if s["L"] is None:
            L = "zero_denominator"
        rate_ = s["w"][0]
        wv = "no_data" if isinstance(A, str) or isinstance(Ad, str) else rate_ * A / Ad if Ad > 0 else "zero_denominator"
        take = lambda m: m["why"] if m["value"] is None else m["value"]
        Wn = 0 if G == 0 else take(ratio(G, A))
        zero = lambda m: dict(value=0) if G == 0 else m
        out["pipeline.wins_needed"] = zero(ratio(G, A))
        out["pipeline.deals_needed"] = zero(ratio(Wn, rate_))
        out["pipeline.value_needed"] = zero(ratio(G, wv))
        out["pipeline.coverage.needed.number"], out["pipeline.coverage.needed.value"] = ratio(1, rate_), ratio(1, wv)
        out["pipeline.coverage.needed.raw"] = ratio(1, s["wz"])
        for lane in ("number", "value"):
            need = take(out["pipeline.coverage.needed." + lane])
            out["pipeline.coverage.standing." + lane] = null(need) if isinstance(need, str) else null(L) if isinstance(L, str) else dict(value=need * L / w.len)
        X = sum(y.people[o].X for o in s["owners"])
        for name, number, value in (("raw", len(s["open"]), money_of(s["open"])), ("clean", len(s["clean"]), money_of(s["clean"])),
                                    ("sufficiency", sum(y.q[d.id] for d in s["clean"]), X)):
            met = lambda m: null("met") if G == 0 else m
            out[f"pipeline.coverage.{name}.number"] = met(ratio(number, Wn))
            out[f"pipeline.coverage.{name}.value"] = met(ratio(value, G))
        out["pipeline.coverage.global_ask"] = dict(value=w.coverage.flat_multiple * rate_)
        velocity = null("no_data") if isinstance(A, str) else ratio(len(s["clean"]) * rate_ * A, L)
        observed = money_of(s["won"]) / 365
        out["pipeline.velocity"], out["pipeline.velocity.observed"] = velocity, dict(value=observed)
        balance = ratio(take(velocity), observed)
        if balance["value"] is not None and not .8 <= balance["value"] <= 1.25:
            balance["note"] = "not_steady"
        out["pipeline.velocity.balance"] = balance

    def flow(self, out, s):
        w, c = self.w, self.c
        created = [d for d in w.deals.values() if d.owner in s["mine"] and d.segment != "renewal" and d.tq is not None]
        in_p = [d for d in created if w.P.start <= d.tq <= w.P.end]
        in_r = [d for d in created if c.R(d.tq)]
        out["pipeline.created"] = dict(number=len(in_p), value=money_of(in_p))
        out["pipeline.created.recent"] = dict(number=len(in_r), value=money_of(in_r))
        out["pipeline.replacement"] = ratio(len(in_r), sum(d.outcome != "open" and c.R(d.close) for d in created))

    # -- forecast
    def money(self, out, s):
        w, c, y = self.w, self.c, self.y
        people = [y.people[o] for o in s["owners"]]
        X, Y, B, Q = sum(m.X for m in people), sum(m.Y for m in people), s["B"], s["Q"]
        out["prospecting.creation"] = dict(value=sum(m.lam for m in people))
        out["forecast.existing"], out["forecast.new"], out["forecast.expected"] = dict(value=X), dict(value=Y), dict(value=B + X + Y)
        out["forecast.next"] = dict(value=sum(m.next for m in people))
        out["forecast.steady"] = dict(value=sum(m.lam * m.A * m.s for m in people) * c.curve.infinite() * w.len)
        v = lambda d: max(0, d.amount or 0)
        largest = min(s["clean"], key=lambda d: (-v(d), d.id.encode()), default=None)
        out["forecast.without_largest"] = dict(value=B + X + Y - (v(largest) * y.q[largest.id] if largest else 0))
        out["forecast.booked"] = dict(value=B)
        none = null("not_configured")
        out["forecast.quota"] = none if Q is None else dict(value=Q)
        out["forecast.gap"] = none if Q is None else dict(value=s["G"])
        out["forecast.attainment"] = none if Q is None else ratio(B, Q)
        if s["kind"] == "seller" and Q is not None and self.l.ramping(s["id"]):
            out["forecast.attainment"] = null("not_yet_expected")
        if s["kind"] != "seller":
            own, below = y.team_quota.get(s["id"]), y.quota_below(s["id"] if s["kind"] == "team" else None)
            out["forecast.over_assignment"] = none if own is None or below is None else dict(value=below - own)
        in_p = lambda d: d.close is not None and w.P.start <= d.close <= w.P.end
        rows = tallies([d for d in s["open"] if in_p(d)], lambda d: d.category or "", ["commit", "best", "pipeline", "omitted", ""])
        booked = [d for d in w.deals.values() if d.outcome == "won" and in_p(d) and d.owner in s["mine"]]
        rows["rows"]["booked"] = dict(number=len(booked), value=B)
        out["forecast.categories"] = rows
        due = [d for d in w.deals.values() if d.segment == "renewal" and d.outcome == "open" and in_p(d) and d.owner in s["mine"]]
        out["forecast.renewals_due"] = dict(number=len(due), value=money_of(due))
        if any(t.get("probability") is not None for t in w.stages):
            counted = [d for d in s["open"] if d.stage is not None and d.stage.get("probability") is not None]
            out["forecast.weighted_crm"] = dict(value=sum(v(d) * d.stage.probability for d in counted), n=len(counted))
        else:
            out["forecast.weighted_crm"] = none
        self.calls(out, s)
        out["forecast.accuracy"] = null("no_data")

    def calls(self, out, s):
        w, latest = self.w, {}
        if not w.has["calls"]:
            out["forecast.calls"] = null("not_configured")
            return
        for call in w.calls:
            if call.period == w.P.name and call.owner in s["mine"] and (call.owner not in latest or call.day >= latest[call.owner].day):
                latest[call.owner] = call
        rows = {}
        for lane in ("commit", "best"):
            values = [x[lane] for x in latest.values() if x[lane] is not None]
            rows[lane] = dict(value=sum(values) if values else None)
        out["forecast.calls"] = dict(rows=rows) if latest else null("no_data")

    def spread(self, out, s):
        w, y, B, Q = self.w, self.y, s["B"], s["Q"]
        people = [y.people[o] for o in s["owners"]]
        v = lambda d: max(0, d.amount or 0)
        clean = sorted(s["clean"], key=lambda d: d.id.encode())
        Y, Amax = sum(m.Y for m in people), max([m.A for m in people] or [0])
        top = math.floor(sum(v(d) for d in clean) + Y + 10 * math.sqrt(Y * Amax) + 3 * Amax + .5)
        if len(clean) > 400:  # too slow here
            return
        h = max(1, -(-top // 1024))
        mass = distribution([(v(d), y.q[d.id]) for d in clean], [(m.Y / m.A, m.A) for m in people if m.A > 0], top, h, w.forecast.correlation) if top > 0 else [1.0]
        total, marks = 0.0, {}
        for i, m in enumerate(mass):
            total += m
            for share in (.1, .5, .9):
                if share not in marks and total >= share - 1e-12:
                    marks[share] = i * h
        for share, name in ((.1, "p10"), (.5, "p50"), (.9, "p90")):
            out["forecast." + name] = dict(value=B + marks.get(share, (len(mass) - 1) * h))
        s["p90"] = out["forecast.p90"]["value"]
        out["forecast.distribution"] = dict(value=B + sum(people_X(m) for m in people) + Y, p10=out["forecast.p10"]["value"],
                                            p50=out["forecast.p50"]["value"], p90=s["p90"])
        out["forecast.p_hit"] = null("not_configured") if Q is None else \
            dict(value=min(1.0, sum(m for i, m in enumerate(mass) if i * h >= Q - B - h / 2)))


def people_X(m):
    return m.X
