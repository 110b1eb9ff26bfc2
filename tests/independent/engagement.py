"""Sections 5, 6 and 7 for a set of owners."""
from collections import Counter, defaultdict

from estimators import *


class Engagement:
    def __init__(self, world, core):
        self.w, self.c = world, core
        self.leads_of = defaultdict(list)
        for lead in world.leads.values():
            self.leads_of[lead.owner].append(lead)
        self.rates()
        self.last_two_way, self.last_any = {}, {}
        for a in world.activities:
            if a.account:
                self.last_any[a.account] = max(self.last_any.get(a.account, a.day), a.day)
                if a.two_way:
                    self.last_two_way[a.account] = max(self.last_two_way.get(a.account, a.day), a.day)
        self.contact_days = defaultdict(Counter)
        for a in world.activities:
            if a.two_way and a.contact and core.T(a.day):
                self.contact_days[a.contact][a.day] += a.count

    # -- prospecting
    def worked(self, owner):
        return [l for l in self.leads_of[owner] if self.c.T(l.worked)]

    def rates(self):
        w, e = self.w, self.c.est
        pairs = {}
        for o in self.c.owners:
            leads = self.worked(o)
            ages = []
            for l in leads:
                if l.qualified is not None:
                    ages.append((max(0, l.qualified - l.worked), "q"))
                elif l.closed is not None:
                    ages.append((max(0, l.closed - l.worked), "c"))
                else:
                    ages.append((w.asof - l.worked, None))
            share = 0.0
            for age, F, _ in aalen_johansen(ages) if ages else ():
                if age <= 180:
                    share = F.get("q", 0.0)
            pairs[o] = (len(leads) * share, len(leads))
        self.rate_pairs = pairs
        self.rate_shrink = Shrink(pairs, e.prior_strength, e.prior_win_rate)
        self.rate = {o: self.rate_shrink.of(*pairs[o])[0] for o in self.c.owners}

    def prospecting(self, kind, owners):
        out = {}
        if not self.w.has["leads"]:
            return out
        leads = [l for o in owners for l in self.worked(o)]
        if self.rate_shrink.N:
            n = {o: len(self.worked(o)) for o in owners}
            if kind == "seller":
                out["prospecting.rate"] = dict(value=self.rate[owners[0]])
            elif sum(n.values()):
                out["prospecting.rate"] = dict(value=sum(self.rate[o] * n[o] for o in owners) / sum(n.values()))
        rows = {}
        for i, step in enumerate(("replied", "met", "qualified")):
            rows[step] = (sum(l.reach >= i + 2 for l in leads), sum(l.reach >= i + 1 for l in leads))
        out["leads"] = rows
        return out

    def kappa(self, owners):
        mine, c = set(owners), self.c
        if not self.w.activities:
            return {}
        accounts = {a.account for a in self.w.activities if a.owner in mine and a.two_way and a.account and c.T(a.day)}
        deals = sum(1 for d in self.w.deals.values() if d.owner in mine and d.segment != "renewal" and c.T(d.tq))
        return {"prospecting.accounts_per_deal": dict(value=len(accounts) / deals)} if deals else {}

    # -- territory
    def touched(self, account):
        w = self.w
        since = w.asof - w.territory.worked_days
        if w.has["activities"]:
            return self.last_two_way.get(account, -10 ** 9) > since
        return any(since < d.created <= w.asof or any(since < h.day <= w.asof for h in d.history)
                   for d in w.deals.values() if d.account == account)

    def territory(self, owners):
        w, c, mine = self.w, self.c, set(owners)
        if not w.has["accounts"]:
            return {}
        accounts = [a for a in w.accounts.values() if a.owner in mine]
        out = {"territory.accounts": dict(value=len(accounts)), "territory.icp": dict(value=sum(a.icp is True for a in accounts)),
               "territory.customers": dict(value=sum(a.customer for a in accounts))}
        worked = {a.id for a in accounts if self.touched(a.id)}
        out["territory.worked"] = dict(value=len(worked))
        icp = [a for a in accounts if a.icp is True]
        if icp:
            hit = [a for a in icp if a.id in worked]
            out["territory.coverage.number"] = dict(value=len(hit) / len(icp), k=len(hit), n=len(icp))
        booked = Counter()
        for d in w.deals.values():
            if d.account and d.outcome == "won" and c.T(d.close) and d.amount is not None:
                booked[d.account] += d.amount
        if icp:
            out["territory.whitespace"] = dict(value=sum(max(0, a.potential - booked[a.id]) for a in icp if a.potential is not None),
                                               unknown=sum(a.potential is None for a in icp))
        known = [a for a in accounts if a.potential is not None]
        if sum(a.potential for a in known) > 0:
            out["territory.share"] = dict(value=sum(booked[a.id] for a in known) / sum(a.potential for a in known))
        active = {a.account for a in w.activities if c.T(a.day)}
        dealt = {d.account for d in w.deals.values() if c.T(d.created) or (d.outcome != "open" and c.T(d.close)) or d.outcome == "open"}
        out["territory.untouched"] = dict(value=sum(a.id not in active and a.id not in dealt for a in icp))
        return out

    # -- calls
    def calls(self, owners):
        w, c, mine, e = self.w, self.c, set(owners), self.w.engagement
        if not w.activities:  # absent: not_configured; no rows of it: no_data
            return {}
        out, rows = {}, [a for a in w.activities if a.owner in mine and c.R(a.day)]
        count = lambda pick: sum(a.count for a in rows if pick(a))
        total, two_way = count(lambda a: True), count(lambda a: a.two_way)
        if total:
            out["calls.two_way_share"] = dict(value=two_way / total, k=two_way, n=total)
        booked = count(lambda a: a.meeting)
        if booked:
            held = count(lambda a: a.meeting and a.outcome in ("", "held"))
            out["calls.held_share"] = dict(value=held / booked, k=held, n=booked)
        if w.has["contacts"]:
            met = {a.contact for a in rows if a.two_way and a.contact}
            before = {a.contact for a in w.activities if a.owner in mine and a.two_way and a.contact and a.day <= w.asof - 91}
            out["calls.people"] = dict(value=len(met))
            out["calls.new_people"] = dict(value=len(met - before))
            shares = defaultdict(Counter)
            for a in rows:
                if a.two_way and a.contact and a.account:
                    shares[a.account][a.contact] += a.count
            values = [sum(s.values()) ** 2 / sum(v * v for v in s.values()) for s in shares.values()]
            if values:
                out["calls.effective_people"] = dict(value=sum(values) / len(values))
            level = lambda a: w.contacts[a.contact].level if a.contact else ""
            known = count(lambda a: a.two_way and level(a))
            if known:
                senior = count(lambda a: a.two_way and level(a) in ("executive", "director"))
                out["calls.senior_share"] = dict(value=senior / known, k=senior, n=known)
            base = count(lambda a: a.two_way and a.contact)
            if base:
                again = count(lambda a: a.two_way and a.contact and level(a) not in ("executive", "director") and
                              sum(n for d, n in self.contact_days[a.contact].items() if d < a.day) >= e.repeat_meetings)
                out["calls.repeat_share"] = dict(value=again / base, k=again, n=base)
        return out
