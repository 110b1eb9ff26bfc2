"""What changes: movement, slip, stage conversion, the bridge, signal, advances, steps of leads, sources."""
from collections import Counter, defaultdict

from estimators import *

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
        self.t0 = world.P.start - 1
        self.moves = []
        for d in world.deals.values():
            if d.segment == "renewal":
                continue
            before = state_at(d, self.t0)
            now = dict(outcome=d.outcome, amount=d.amount, close=d.close, owner=d.owner)
            ready = d.tq is not None and d.tq <= self.t0
            self.moves.append((d, before, now, ready))

    def in_p(self, close):
        return close is not None and self.w.P.start <= close <= self.w.P.end

    def movement(self, mine):
        w, rows, slipped = self.w, defaultdict(lambda: [0, 0]), 0

        def add(key, number, value):
            rows[key][0] += number
            rows[key][1] += value
        for d, before, now, ready in self.moves:
            v1 = now["amount"] or 0
            v0 = (before["amount"] or 0) if before else 0
            x0 = before is not None and ready and before["outcome"] == "open" and self.in_p(before["close"]) and before["owner"] in mine
            x1 = d.tq is not None and now["outcome"] == "open" and self.in_p(now["close"]) and now["owner"] in mine
            if x0:
                add("start", 1, v0)
                if now["outcome"] == "open" and (now["close"] is None or now["close"] > w.P.end or w.D == 0):
                    slipped += 1
            if x1:
                add("end", 1, v1)
            if x0 and x1:
                add("increased" if v1 > v0 else "decreased", 0, v1 - v0)
            elif x0:
                if now["outcome"] in OUT:
                    key = now["outcome"]
                elif now["owner"] not in mine:
                    key = "transferred_out"
                elif now["close"] is None or now["close"] > w.P.end:
                    key = "pushed_out"
                else:
                    key = "pulled_earlier"
                add(key, -1, -v0)
            elif x1:
                if before is None:
                    key = "new"
                elif before["outcome"] != "open":
                    key = "reopened"
                elif not ready:
                    key = "qualified"
                elif before["owner"] not in mine:
                    key = "transferred_in"
                elif before["close"] is not None and before["close"] < w.P.start:
                    key = "pushed_in"
                else:
                    key = "pulled_in"
                add(key, 1, v1)
            elif before is None and d.tq is not None and now["outcome"] in OUT[:3] and self.in_p(now["close"]) and now["owner"] in mine:
                add("new", 1, v1)
                add(now["outcome"], -1, -v1)
        return rows, slipped

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
        w, sums = self.w, []
        present = [o for o in owners if o and not w.sellers[o].left]
        for o in present:
            sums.append(sum(d.amount or 0 for d in w.deals.values() if d.owner == o and d.outcome == "won" and self.c.T(d.close)))
        if not sums or sum(sums) <= 0:
            return {}
        sums.sort()
        top = -(-len(sums) // 5)
        return {"system.concentration.top20": dict(value=sum(sums[-top:]) / sum(sums)), "system.concentration.gini": dict(value=gini(sums))}

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
            out[step] = (len(k), len(n), len(k) / len(n) if n else None, kaplan_meier_median(lags) if lags else None)
        sources = defaultdict(lambda: [0, set()])
        for l in leads:
            sources[l.source][0] += 1
            if l.deal:
                sources[l.source][1].add(l.deal)
        found = {}
        for key, (count, ids) in sources.items():
            deals = [w.deals[i] for i in ids if w.deals[i].segment != "renewal" and w.deals[i].tq is not None and w.deals[i].outcome in OUT[:3]]
            won = [d for d in deals if d.outcome == "won"]
            found[key] = (count, len(won), sum(d.amount for d in won if d.amount is not None), len(deals))
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
        if w.has["history"] and any(d.history for d in w.deals.values()):
            rows, slipped = self.movement(mine)
            out["pipeline.movement"] = dict(rows={k: tuple(v) for k, v in rows.items() if v[0]})
            for key in ("increased", "decreased"):
                out[f"pipeline.movement[{key}]"] = dict(row=("pipeline.movement", key, "value"), value=rows[key][1])
            n = rows["start"][0]
            out["pipeline.slip_rate"] = dict(value=slipped / n, k=slipped, n=n) if n else dict(value=None)
            for stage, values in self.stages(mine).items():
                for field, value in zip(("n", "value", "median_days"), values):
                    out[f"stage[{stage}]{field}"] = dict(row=("pipeline.stage.conversion", stage, field), value=value)
            if w.activities:
                k, n = self.advances(mine)
                out["calls.advance_rate"] = dict(value=k / n, k=k, n=n) if n else dict(value=None)
        terms, p = self.bridge(mine)
        for key, value in terms.items():
            out[f"bridge[{key}]"] = dict(row=("system.bridge", key, "value"), value=value)
        for key, value in p.items():
            out[f"signal[{key}]"] = dict(row=("system.signal", key, "p"), value=value)
        if kind != "seller":
            out.update(self.concentration(owners))
        if w.leads:
            steps, sources = self.leads(mine)
            for step, values in steps.items():
                for field, value in zip(("k", "n", "value", "median_days"), values):
                    out[f"leads[{step}]{field}"] = dict(row=("prospecting.leads", step, field), value=value)
            for key, (count, number, value, n) in sources.items():
                for field, part in (("leads", count), ("number", number), ("value", value), ("n", n)):
                    out[f"by_source[{key}]{field}"] = dict(row=("prospecting.by_source", key, field), value=part)
        return out
