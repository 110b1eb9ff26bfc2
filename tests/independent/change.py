"""What changes: movement, slip, stage conversion, the bridge, signal, advances, steps of leads, sources."""
import bisect, math
from collections import defaultdict

from estimators import *


def null(why):
    return dict(value=None, why=why)

OUT = ["won", "lost", "no_decision", "disqualified"]


def states(deal):
    """[(day, state)] at day ends from `created` on; fields: stage, outcome, amount, close, owner."""
    def outcome(stage):
        return stage.outcome if stage is not None else None
    row = dict(stage=deal.stage if deal.outcome == "open" else None, outcome="table", amount=deal.amount, close=deal.close, owner=deal.owner)
    if not deal.history:
        return [(deal.created, row)]
    first = deal.history[0]

    def change(state, h):
        state = dict(state)
        if h.stage is not None:
            state["stage"], state["outcome"] = h.stage, outcome(h.stage)
        for field in ("amount", "close", "owner"):
            if h[field] is not None:
                state[field] = h[field]
        return state
    state = change(row, first)
    out = [(deal.created, state)]
    for h in deal.history:
        state = change(state, h)
        if out[-1][0] >= h.day:
            out[-1] = (out[-1][0], state)
        else:
            out.append((h.day, state))
    return out


def state_at(deal, t):
    if deal.created > t:
        return None
    state = states(deal)[0][1]
    if deal.history:
        base = dict(stage=deal.stage if deal.outcome == "open" else None, outcome="table", amount=deal.amount, close=deal.close, owner=deal.owner)
        for i, h in enumerate(deal.history):
            if i and h.day > t:
                break
            if h.stage is not None:
                base["stage"], base["outcome"] = h.stage, h.stage.outcome
            for field in ("amount", "close", "owner"):
                if h[field] is not None:
                    base[field] = h[field]
        state = base
    state = dict(state)
    if state["outcome"] == "table":  # the deals row: open until its close day
        state["outcome"] = deal.outcome if deal.outcome != "open" and deal.close <= t else "open"
    return state


class Change:
    def __init__(self, world, core):
        self.w, self.c = world, core
        self.by_history = world.has["history"] and any(d.history for d in world.deals.values())
        self.snapshot = None if self.by_history else world.previous
        self.t0 = self.snapshot.day if self.snapshot else world.P.start - 1
        self.moves = []
        if not self.by_history and not self.snapshot:
            return
        for d in world.deals.values():
            before = self.before(d)
            open_ = d.outcome == "open" and d.tq is not None and d.segment != "renewal"
            now = dict(outcome=d.outcome, amount=d.amount, close=d.close, owner=d.owner, open=open_, ready=d.tq is not None and d.segment != "renewal")
            self.moves.append((before, now))
        for row in (self.snapshot.deals.values() if self.snapshot else ()):
            if row.id not in world.deals:
                self.moves.append((self.then(row), None))

    def before(self, d):
        """outcome, amount, close, owner and whether qualified at the end of t0; None: not there yet"""
        if self.snapshot:
            return self.then(self.snapshot.deals[d.id]) if d.id in self.snapshot.deals else None
        state = state_at(d, self.t0)
        return state and dict(state, ready=d.tq is not None and d.tq <= self.t0 and d.segment != "renewal")

    def then(self, row):
        """A row of the previous state: decided only when its close day had come."""
        decided = row.stage is not None and row.stage.outcome != "open" and (row.close is None or row.close <= self.t0)
        return dict(outcome=row.stage.outcome if decided else "open", amount=row.amount, close=row.close, owner=row.owner,
                    ready=row.tq is not None and row.tq <= self.t0 and row.segment != "renewal")

    def in_p(self, close):
        return close is not None and self.w.P.start <= close <= self.w.P.end

    def movement(self, mine):
        w, rows, slipped = self.w, defaultdict(lambda: [0, 0]), 0

        def add(key, number, value):
            rows[key][0] += number
            rows[key][1] += value
        for before, now in self.moves:
            v0, v1 = (before["amount"] or 0) if before else 0, (now["amount"] or 0) if now else 0
            x0 = before is not None and before["ready"] and before["outcome"] == "open" and self.in_p(before["close"]) and before["owner"] in mine
            x1 = now is not None and now["open"] and self.in_p(now["close"]) and now["owner"] in mine
            if x0:
                add("start", 1, v0)
                slipped += now is not None and now["outcome"] == "open" and (now["close"] is None or now["close"] > w.P.end or w.D == 0)
            if x1:
                add("end", 1, v1)
            if x0 and x1:
                add("increased" if v1 > v0 else "decreased", 0, v1 - v0)
            elif x0:
                add(self.way_out(now, mine), -1, -v0)
            elif x1:
                add(self.way_in(before, mine), 1, v1)
            elif before is None and now["ready"] and now["outcome"] in OUT[:3] and self.in_p(now["close"]) and now["owner"] in mine:
                add("new", 1, v1)
                add(now["outcome"], -1, -v1)
        return rows, slipped

    def way_out(self, now, mine):
        if now is None:
            return "removed"
        if now["outcome"] in OUT:
            return now["outcome"]
        if now["owner"] not in mine:
            return "transferred_out"
        if now["close"] is None or now["close"] > self.w.P.end:
            return "pushed_out"
        return "pulled_earlier" if now["close"] < self.w.P.start else "removed"

    def way_in(self, before, mine):
        if before is None:
            return "new"
        if before["outcome"] != "open":
            return "reopened"
        if not before["ready"]:
            return "qualified"
        if before["owner"] not in mine:
            return "transferred_in"
        return "pushed_in" if before["close"] is not None and before["close"] < self.w.P.start else "pulled_in"

    def stages(self, mine):
        """{stage: (entrants, share ever beyond, median days)}"""
        w, out = self.w, {}
        beyond = lambda s, i: s is not None and (s.outcome == "won" or (s.outcome == "open" and s.i > i))
        for stage in w.stages:
            if stage.outcome != "open":
                continue
            fates, stays = [], []
            for d in w.deals.values():
                if d.owner not in mine or d.segment == "renewal" or not d.history:
                    continue
                path = [(day, s["stage"]) for day, s in states(d)]
                if d.outcome != "open" and (path[-1][1] is None or path[-1][1].outcome == "open"):
                    path.append((max(d.close, path[-1][0]), d.stage))
                at = next((j for j, (_, s) in enumerate(path) if s is stage or beyond(s, stage.i)), None)
                if at is None or path[at][0] <= w.asof - w.estimates.curve_days:
                    continue
                start, fate = path[at][0], (max(0, w.asof - path[at][0]), None)
                for day, s in path[at:]:
                    if beyond(s, stage.i):
                        fate = (day - start, "beyond")
                    elif s is not None and s.outcome in ("lost", "no_decision"):
                        fate = (day - start, "dropped")
                    elif s is not None and s.outcome == "disqualified":
                        fate = (day - start, None)
                    else:
                        continue
                    break
                fates.append(fate)
                if path[at][1] is not stage:
                    stays.append((0, True))
                else:
                    left = next((day for day, s in path[at:] if s is not stage), None)
                    stays.append((left - start, True) if left is not None else (max(0, w.asof - start), False))
            rows = aalen_johansen(fates)
            share = (rows[-1][1].get("beyond", 0.0) if rows else 0.0) if fates else None
            out[stage.name] = (len(fates), share, kaplan_meier_median(stays) if stays else None)
        return out

    def decided(self, mine, first, last):
        part = [d for d in self.w.deals.values() if d.owner in mine and d.segment != "renewal" and d.tq is not None and
                d.outcome in OUT[:3] and first <= d.close <= last]
        won = [d for d in part if d.outcome == "won"]
        return len(part), len(won), sum(d.amount for d in won if d.amount is not None)

    def bridge(self, mine):
        w = self.w
        n1, k1, v1 = self.decided(mine, w.P.start, w.asof)
        n0, k0, v0 = self.decided(mine, w.Pp.start, min(w.Pp.end, w.Pp.start + w.asof - w.P.start))
        a = [n0, k0 / n0 if n0 else 0, v0 / k0 if k0 else 0]
        b = [n1, k1 / n1 if n1 else 0, v1 / k1 if k1 else 0]
        if min(a + b) > 0:
            x, y = a[0] * a[1] * a[2], b[0] * b[1] * b[2]
            mean = x if abs(math.log(y / x)) < 1e-12 else (y - x) / math.log(y / x)
            terms = [mean * math.log(q / p) for p, q in zip(a, b)]
        else:
            terms = []
            for i in range(3):
                j, k = (i + 1) % 3, (i + 2) % 3
                terms.append((b[i] - a[i]) * ((a[j] * a[k] + b[j] * b[k]) / 3 + (a[j] * b[k] + b[j] * a[k]) / 6))
        return dict(zip(("volume", "win", "size"), terms)), dict(won=binomial_two_sided(k0, k1), win_rate=fisher(k0, n0, k1, n1) if n0 and n1 else 1.0)

    def concentration(self, owners):
        """Shares of bookings of T over present sellers, and what luck alone would show."""
        w, sums, wins = self.w, [], 0
        present = [o for o in owners if o and not w.sellers[o].left]
        for o in present:
            won = [d for d in w.deals.values() if d.owner == o and d.outcome == "won" and self.c.T(d.close)]
            wins += len(won)
            sums.append(sum(d.amount or 0 for d in won))
        why = "no_data" if not sums else "zero_denominator" if sum(sums) <= 0 else None
        top = lambda values: sum(sorted(values)[len(values) - -(-len(values) // 5):]) / sum(values)
        out = dict(top20=null(why), gini=null(why)) if why else dict(top20=dict(value=top(sums)), gini=dict(value=gini(sums)))
        out.update(self.luck(len(present), wins) if wins else {"luck.top20": null("zero_denominator"), "luck.gini": null("zero_denominator")})
        return {"system.concentration." + key: value for key, value in out.items()}

    def luck(self, count, wins):
        """Equal sellers, wins Poisson of the mean, drawn by inversion."""
        w, mean = self.w, wins / count
        below, total, k = [], 0.0, 0
        while total < 1 - 1e-16 and k < mean + 40 + 12 * math.sqrt(mean):
            total += math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))
            below.append(total)
            k += 1
        luck, tops, ginis = Luck(w.luck.seed), [], []
        for _ in range(w.luck.draws):
            drawn = sorted(min(bisect.bisect_right(below, luck.share()), len(below) - 1) for _ in range(count))
            fifth = -(-count // 5)
            tops.append(sum(drawn[count - fifth:]) / sum(drawn) if sum(drawn) else fifth / count)
            ginis.append(gini(drawn) or 0.0)
        rows = lambda values: dict(rows={f"p{p}": dict(value=nearest_rank(values, p)) for p in (10, 50, 90)})
        return {"luck.top20": rows(tops), "luck.gini": rows(ginis)}

    def leads(self, mine):
        w, out = self.w, {}
        leads = [l for l in w.leads.values() if l.owner in mine and self.c.T(l.worked)]
        days = ("worked", "replied", "met", "qualified")
        for i, step in enumerate(days[1:], 1):
            n = [l for l in leads if l.reach >= i]
            k = [l for l in n if l.reach > i]
            lags = []
            for l in n:
                start, end = l[days[i - 1]], l[step]
                if start is None or (l in k and end is None):
                    continue
                if l in k:
                    lags.append((max(0, end - start), True))
                else:
                    lags.append((max(0, (l.closed if l.closed is not None else w.asof) - start), False))
            low, high = jeffreys(len(k), len(n)) if n else (None, None)
            out[step] = dict(k=len(k), n=len(n), value=len(k) / len(n) if n else None, low=low, high=high,
                             median_days=kaplan_meier_median(lags) if lags else None)
        sources = defaultdict(lambda: [0, set()])
        for l in leads:
            sources[l.source][0] += 1
            if l.deal:
                sources[l.source][1].add(l.deal)
        found = {}
        for key, (count, ids) in sources.items():
            deals = [w.deals[i] for i in ids if w.deals[i].segment != "renewal" and w.deals[i].tq is not None and w.deals[i].outcome in OUT[:3]]
            won = [d for d in deals if d.outcome == "won"]
            value, (low, high) = sum(d.amount for d in won if d.amount is not None), jeffreys(len(won), len(deals)) if deals else (None, None)
            found[key] = dict(leads=count, number=len(won), value=value, per_lead=value / count, k=len(won), n=len(deals),
                              rate=len(won) / len(deals) if deals else None, low=low, high=high)
        return out, found

    def advances(self, mine):
        w, k, n = self.w, 0, 0
        for a in w.activities:
            if a.owner not in mine or not a.two_way or not a.meeting or not a.deal or not self.c.R(a.day) or a.day > w.asof - w.engagement.advance_days:
                continue
            d = w.deals[a.deal]
            at = self.stage_at(d, a.day)
            n += a.count
            if at is not None and any(h.stage is not None and h.stage.outcome in ("open", "won") and h.stage.i > at.i and
                                      a.day < h.day <= a.day + w.engagement.advance_days for h in d.history):
                k += a.count
        return k, n

    @staticmethod
    def stage_at(deal, t):
        state = None
        if deal.created <= t or deal.history:
            late = dict(deal, created=min(deal.created, t))
            state = state_at(type(deal)(late), t)
        if state is None:
            return None
        if state["stage"] is None and state["outcome"] != "open":
            return deal.stage
        return state["stage"]

    def measures(self, kind, id, owners):
        w, mine, out = self.w, set(owners), {}
        if self.by_history or self.snapshot:
            rows, slipped = self.movement(mine)
            every = ["start", *OUT, "removed", "transferred_out", "pushed_out", "pulled_earlier", "new", "reopened", "qualified",
                     "transferred_in", "pushed_in", "pulled_in", "increased", "decreased", "end"]
            out["pipeline.movement"] = dict(rows={k: dict(number=rows[k][0], value=rows[k][1]) for k in every})
            n = rows["start"][0]
            low, high = jeffreys(slipped, n) if n else (None, None)
            out["pipeline.slip_rate"] = dict(value=slipped / n, k=slipped, n=n, low=low, high=high) if n else null("zero_denominator")
        else:
            why = "no_data" if w.has["history"] else "not_configured"
            out["pipeline.movement"] = out["pipeline.slip_rate"] = null(why)
        if self.by_history:
            out["pipeline.stage.conversion"] = dict(rows={stage: dict(zip(("n", "value", "median_days"), v)) for stage, v in self.stages(mine).items()})
        else:
            out["pipeline.stage.conversion"] = null("no_data" if w.has["history"] else "not_configured")
        if w.activities:
            k, n = self.advances(mine)
            low, high = jeffreys(k, n) if n else (None, None)
            out["calls.advance_rate"] = null("no_data" if w.has["history"] else "not_configured") if not self.by_history else \
                dict(value=k / n, k=k, n=n, low=low, high=high) if n else null("zero_denominator")
        terms, p = self.bridge(mine)
        out["system.bridge"] = dict(rows={key: dict(value=value) for key, value in terms.items()})
        out["system.signal"] = dict(rows={key: dict(p=value) for key, value in p.items()})
        if kind != "seller":
            out.update(self.concentration(owners))
        if w.has["leads"]:
            steps, sources = self.leads(mine)
            out["prospecting.leads"] = dict(rows=steps) if w.leads else null("no_data")
            out["prospecting.by_source"] = dict(rows=sources) if sources else null("no_data")
        return out
