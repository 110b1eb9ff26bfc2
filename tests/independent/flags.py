"""Integrity flags of section 4 and the histories behind them."""
from collections import defaultdict

from estimators import nearest_rank
from world import FLAGS


def day_states(deal):
    """States at day ends: [(day, stage, close)] from `created` on. Before its first row a deal is as that
    row says; what the row leaves empty is as in the deals row."""
    first = deal.history[0]
    stage = first.stage or (deal.stage if deal.outcome == "open" else None)
    close = first.close if first.close is not None else deal.close
    states = [(None, stage, close)]
    for h in deal.history:
        stage = h.stage or stage
        close = h.close if h.close is not None else close
        if states[-1][0] == h.day:
            states[-1] = (h.day, stage, close)
        else:
            states.append((h.day, stage, close))
    return states


def spells(deal):
    """Completed spells: [(stage, days)], and the last one's stage and start. A won deal's last stay ends at
    its close where no row says so."""
    out, start, stage = [], deal.created, None
    if not deal.history:
        return out, None, start
    for d, s, _ in day_states(deal):
        if d is None or d <= start:
            stage = s
        elif s is not stage:
            out.append((stage, d - start))
            start, stage = d, s
    if deal.outcome != "open" and (stage is None or stage.outcome == "open"):
        out.append((stage, max(0, deal.close - start)))
    return out, stage, start


class Flags:
    def __init__(self, world, core, capture):
        self.w, self.core = world, core
        self.touch = defaultdict(list)   # two-way rows touching a deal: (day, contact)
        self.any_touch = set()
        loose = defaultdict(list)
        for a in world.activities:
            if a.deal:
                self.any_touch.add(a.deal)
                if a.two_way:
                    self.touch[a.deal].append((a.day, a.contact))
            elif a.account and not a.names_deal:  # one that names an unknown deal is about that one
                loose[a.account].append(a)
        for d in world.deals.values():
            for a in loose.get(d.account, ()) if d.account else ():
                self.any_touch.add(d.id)
                if a.two_way:
                    self.touch[d.id].append((a.day, a.contact))
        self.capture = capture(self)
        self.stage_limits()
        self.duplicates()
        qualified = [s for s in world.stages if s.outcome == "open" and s.qualified]
        n = len(qualified)
        self.later = {s.i for i, s in enumerate(qualified) if n > 1 and 2 * i >= n}
        for d in core.open:
            self.evaluate(d)

    def stage_limits(self):
        times = defaultdict(list)
        for d in self.core.decided:
            if d.outcome == "won":
                for stage, days in spells(d)[0]:
                    if stage is not None:
                        times[stage.i].append(days)
        self.limit = {i: nearest_rank(v, 90) for i, v in times.items()}

    def duplicates(self):
        groups = defaultdict(list)
        for d in self.core.open:
            if d.account and d.amount is not None and d.amount > 0:
                groups[d.account].append(d)
        self.twins = set()
        for group in groups.values():
            for i, a in enumerate(group):
                for b in group[i + 1:]:
                    if 20 * abs(a.amount - b.amount) <= max(a.amount, b.amount):
                        self.twins |= {a.id, b.id}

    def pushes(self, deal):
        times = total = 0
        close = None
        for day, _, c in day_states(deal):
            if day is None and deal.created >= deal.history[0].day:
                continue  # no day ended before the first row's
            if c is not None and close is not None and c > close:
                times += 1
                total += c - close
            close = c if c is not None else close
        return times, total

    def evaluate(self, d):
        w, asof, rules = self.w, self.w.asof, self.w.rules
        on = set()
        two_way = self.touch.get(d.id, ())
        late = d.stage is not None and d.stage.i in self.later
        tests = {
            "past_close": d.close is not None and d.close < asof,
            "no_amount": d.amount is None or d.amount <= 0,
            "zombie": d.zombie,
            "no_close": d.close is None,
            "owner_left": w.sellers[d.owner].left,
            "silent": w.has["activities"] and d.age > rules["silent"].days and
            not any(asof - rules["silent"].days < day <= asof for day, _ in two_way),
            "too_soon": d.close is not None and self.core.p10 is not None and self.core.p10 - d.age > 0 and
            d.close < asof + self.core.p10 - d.age,
            "single_threaded": w.has["activities"] and w.has["contacts"] and late and
            len({c for day, c in two_way if c and asof - rules["single_threaded"].days < day <= asof}) < 2,
            "duplicate": d.id in self.twins,
            "weak_qualification": late and any(l is not None for l in d.letters) and min(l for l in d.letters if l is not None) == 0,
        }
        mapped = {"next_step", "next_step_date"} & w.columns["deals"]
        if mapped:
            date = d.next_step_date if d.next_step_date not in (None, "bad") else None
            tests["no_next_step"] = (not d.next_step and date is None) or (date is not None and date < asof)
        if w.has["history"] and d.history:
            _, stage, start = spells(d)
            limit = self.limit.get(stage.i) if stage is not None and stage is d.stage else None
            tests["aged"] = limit is not None and asof - start > limit
            times, total = self.pushes(d)
            tests["pushed"] = times >= rules["pushed"].times or total > rules["pushed"].days
        d.flags = [f for f in FLAGS if tests.get(f) and rules[f].word != "off"]
        fatal = [f for f in d.flags if rules[f].word == "fatal" and not (f == "silent" and self.capture(d.owner))]
        d.primary = fatal[0] if fatal else None
        d.clean = not fatal
