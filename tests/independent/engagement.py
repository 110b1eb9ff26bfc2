"""Sections 5, 6 and 7 for a set of owners."""
from collections import Counter, defaultdict

from estimators import *
from world import iso


def null(why):
    return dict(value=None, why=why)


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
                if l.qualified is not None and (l.closed is None or l.qualified <= l.closed):
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
        self.rate = {o: self.rate_shrink.of(*pairs[o]) for o in self.c.owners}

    def prospecting(self, s, views):
        out = {"prospecting.accounts_per_deal": self.kappa(s["owners"])}
        if not self.w.has["leads"]:
            return dict(out, **{"prospecting." + m: null("not_configured") for m in ("rate", "leads", "by_source")})
        if not self.rate_shrink.N:
            out["prospecting.rate"] = null("no_data")
        else:
            out["prospecting.rate"] = self.rate_of(s)
        return out

    def rate_of(self, s):
        pairs, shrink = self.rate_pairs, self.rate_shrink
        if s["kind"] == "seller":
            value, low, high = self.rate[s["id"]]
            return dict(value=value, low=low, high=high, basis=shrink.basis, k=pairs[s["id"]][0], n=pairs[s["id"]][1])
        n = sum(pairs[o][1] for o in s["owners"])
        value, low, high = (sum(pairs[o][1] * self.rate[o][i] for o in s["owners"]) / n for i in range(3)) if n else \
            (shrink.p, *shrink.company_interval())
        return dict(value=value, low=low, high=high, basis="sum", n=n, k=sum(pairs[o][0] for o in s["owners"]))

    def kappa(self, owners):
        mine, c = set(owners), self.c
        if not self.w.has["activities"]:
            return null("not_configured")
        if not self.w.activities:
            return null("no_data")
        accounts = {a.account for a in self.w.activities if a.owner in mine and a.two_way and a.account and a.count and c.T(a.day)}
        deals = sum(1 for d in self.w.deals.values() if d.owner in mine and d.segment != "renewal" and c.T(d.tq))
        return dict(value=len(accounts) / deals) if deals else null("zero_denominator")

    # -- territory
    def touched(self, account):
        w = self.w
        since = w.asof - w.territory.worked_days
        if w.has["activities"]:
            return self.last_two_way.get(account, -10 ** 9) > since
        return any(since < d.created <= w.asof or any(since < h.day <= w.asof for h in d.history)
                   for d in w.deals.values() if d.account == account)

    def coverage(self, owners):
        """territory.coverage.number, with k and n"""
        if not self.w.has["accounts"]:
            return null("not_configured")
        mine = set(owners)
        accounts = [a for a in self.w.accounts.values() if a.owner in mine]
        icp = [a for a in accounts if a.icp is True]
        if all(a.icp is None for a in accounts):
            return null("no_data")
        hit = sum(self.touched(a.id) for a in icp)
        return dict(value=hit / len(icp), k=hit, n=len(icp)) if icp else null("zero_denominator")

    def territory(self, s, views):
        w, c, mine = self.w, self.c, s["mine"]
        names = "accounts icp customers worked untouched coverage.number coverage.value whitespace share fairness".split()
        if not w.has["accounts"]:
            out = {"territory." + name: null("not_configured") for name in names}
            return dict(out, **{"territory.unowned": null("not_configured")}) if s["kind"] == "company" else out
        accounts = [a for a in w.accounts.values() if a.owner in mine]
        icp, worked = [a for a in accounts if a.icp is True], [a for a in accounts if self.touched(a.id)]
        active = {a.account for a in w.activities if c.T(a.day) and a.count}
        dealt = {d.account for d in w.deals.values() if c.T(d.created) or d.outcome == "open" or c.T(d.close)}
        booked = Counter()
        for d in w.deals.values():
            if d.account and d.outcome == "won" and c.T(d.close) and d.amount is not None:
                booked[d.account] += d.amount
        potential = lambda rows: [a.potential for a in rows if a.potential is not None]
        def of_potential(top, rows):
            return null("no_data") if not potential(rows) else dict(value=top / sum(potential(rows))) if sum(potential(rows)) > 0 else null("zero_denominator")
        known = [a for a in accounts if a.potential is not None]
        cover = self.coverage(s["owners"])
        room = {a.id: max(0, a.potential - booked[a.id]) for a in icp if a.potential is not None}
        listed = sorted((a for a in room if room[a] > 0), key=lambda a: (-room[a], a.encode()))[:w.territory.list]
        out = dict(accounts=dict(value=len(accounts)), icp=dict(value=len(icp)), customers=dict(value=sum(a.customer for a in accounts)),
                   worked=dict(value=len(worked)), untouched=dict(value=sum(a.id not in active and a.id not in dealt for a in icp)),
                   share=of_potential(sum(booked[a.id] for a in known), accounts))
        out["coverage.number"] = cover
        out["coverage.value"] = null(cover["why"]) if cover["value"] is None else of_potential(sum(potential([a for a in worked if a.icp is True])), icp)
        out["whitespace"] = dict(value=sum(room.values()), unknown=sum(a.potential is None for a in icp),
                                 rows={a: dict(value=room[a], last_contact=iso(self.last_any[a]) if a in self.last_any else None) for a in listed})
        out["fairness"] = null("not_configured") if s["Q"] is None else of_potential(s["Q"] * 365 / w.len, accounts)
        if s["kind"] == "company":
            out["unowned"] = dict(value=sum(not a.owned for a in accounts))
        return {"territory." + name: value for name, value in out.items()}

    # -- calls
    def calls(self, s, views):
        w, c, mine, e = self.w, self.c, s["mine"], self.w.engagement
        names = "two_way_share held_share people new_people effective_people senior_share repeat_share capture".split()
        if not w.activities:
            why = "no_data" if w.has["activities"] else "not_configured"
            return {"calls." + name: null(why) for name in names + ["advance_rate"]}
        rows = [a for a in w.activities if a.owner in mine and c.R(a.day)]
        count = lambda pick: sum(a.count for a in rows if pick(a))
        out = {name: null("not_configured") for name in names}
        out["two_way_share"] = views.rate(count(lambda a: a.two_way), count(lambda a: True))
        out["held_share"] = views.rate(count(lambda a: a.meeting and a.outcome in ("", "held")), count(lambda a: a.meeting))
        touched = [d.id in views.flags.any_touch for d in s["won"]]
        out["capture"] = views.rate(sum(touched), len(touched))
        if w.has["contacts"]:
            met = {a.contact for a in rows if a.two_way and a.contact and a.count}
            before = {a.contact for a in w.activities if a.owner in mine and a.two_way and a.contact and a.count and a.day <= w.asof - 91}
            out["people"], out["new_people"] = dict(value=len(met)), dict(value=len(met - before))
            shares = defaultdict(Counter)
            for a in rows:
                if a.two_way and a.contact and a.account and a.count:
                    shares[a.account][a.contact] += a.count
            values = [sum(x.values()) ** 2 / sum(v * v for v in x.values()) for x in shares.values()]
            out["effective_people"] = dict(value=sum(values) / len(values)) if values else null("zero_denominator")
            level = lambda a: w.contacts[a.contact].level if a.contact else ""
            senior = lambda a: level(a) in ("executive", "director")
            out["senior_share"] = views.rate(count(lambda a: a.two_way and senior(a)), count(lambda a: a.two_way and level(a)))
            again = count(lambda a: a.two_way and a.contact and not senior(a) and
                          sum(n for d, n in self.contact_days[a.contact].items() if d < a.day) >= e.repeat_meetings)
            out["repeat_share"] = views.rate(again, count(lambda a: a.two_way and a.contact))
        return {"calls." + name: value for name, value in out.items()}
