"""Winning, time, money and the system: sections 2, 3, 9 and 10, seller by seller, then added up."""
import math
from collections import defaultdict

from estimators import *


class Curve:
    """F and S of section 3 over whole days of age, or the exponential fallback."""

    def __init__(self, world, p, est):
        start = world.asof - est.curve_days
        ages, decided = [], 0
        cause = dict(won="w", lost="l", no_decision="nd", disqualified="dq")
        for d in world.deals.values():
            if d.tq is None or d.segment == "renewal" or not start < d.tq <= world.asof:
                continue
            if d.outcome == "open":
                ages.append((world.asof - d.tq, None))
            else:
                ages.append((max(0, d.close - d.tq), cause[d.outcome]))
                decided += d.outcome != "disqualified"
        self.prior = decided < est.curve_minimum
        self.p, self.scale = p, est.prior_cycle_days
        self.rows = [] if self.prior else aalen_johansen(ages)

    def at(self, t):
        """F_w, S at age t"""
        if t < 0:
            return 0.0, 1.0
        if self.prior:
            e = math.exp(-t / self.scale)
            return self.p * (1 - e), e
        low, high = 0, len(self.rows)
        while low < high:
            middle = (low + high) // 2
            if self.rows[middle][0] <= t:
                low = middle + 1
            else:
                high = middle
        return (self.rows[low - 1][1].get("w", 0.0), self.rows[low - 1][2]) if low else (0.0, 1.0)

    def infinite(self):
        return self.p if self.prior else (self.rows[-1][1].get("w", 0.0) if self.rows else 0.0)

    def reach(self, share):
        """Smallest age with F >= share of F(inf), as deals.cycle has it."""
        top = self.infinite()
        if top <= 0:
            return None
        if self.prior:
            return next(t for t in range(100000) if self.at(t)[0] >= share * top - 1e-12)
        for age, F, _ in self.rows:
            if F.get("w", 0.0) >= share * top - 1e-12:
                return age
        return None


class Timed:
    """The curve in a seller's own time; `factor` compresses it further (the cycle lever and gain)."""

    def __init__(self, curve, k, factor=1.0):
        self.curve, self.k, self.factor = curve, k, factor

    def age(self, t):
        return math.floor(t * self.k * self.factor + 1e-9)

    def F(self, t):
        return self.curve.at(self.age(t))[0] if t >= 0 else 0.0

    def S(self, t):
        return self.curve.at(self.age(t))[1]

    def g(self, u, d, already=0):
        """Chance of a deal of age u over (already, already + d] days from now. The exponential curve
        has no seller's pace in it; what compresses the axis compresses it too."""
        if self.curve.prior:
            e = lambda t: math.exp(-t * self.factor / self.curve.scale)
            return self.curve.p * (e(already) - e(already + d))
        S = self.S(u)
        return (self.F(u + already + d) - self.F(u + already)) / S if S > 1e-15 else 0.0

    def sum_F(self, days):
        return sum(self.F(days - d) for d in range(1, days + 1))


class Core:
    def __init__(self, world, views=None):
        self.w = world
        self.est = world.estimates
        self.T = lambda d: d is not None and world.asof - 365 < d <= world.asof
        self.R = lambda d: d is not None and world.asof - 91 < d <= world.asof
        self.by_owner = defaultdict(list)
        for id in sorted(world.deals, key=lambda t: t.encode()):
            self.by_owner[world.deals[id].owner].append(world.deals[id])
        self.owners = sorted(world.sellers, key=lambda t: t.encode())
        self.classify()
        self.win_rates()
        self.sizes()

    def classify(self):
        w, asof = self.w, self.w.asof
        self.decided = [d for d in w.deals.values() if d.tq is not None and d.segment != "renewal" and self.T(d.close)
                        and d.outcome in ("won", "lost", "no_decision")]
        self.open = [d for d in w.deals.values() if d.outcome == "open" and d.tq is not None and d.segment != "renewal"]
        ages = [max(0, d.close - d.tq) for d in self.decided if d.outcome == "won"]
        self.win_ages = sorted(ages)
        self.p95, self.p10 = nearest_rank(ages, 95), nearest_rank(ages, 10)
        limit = w.rules["zombie"].days
        for d in self.open:
            d.age = max(0, asof - d.tq)
            d.zombie = bool((len(ages) >= self.est.zombie_minimum and d.age > self.p95) or
                            (d.close is not None and asof - d.close > limit))

    def win_rates(self):
        k, n, z = defaultdict(int), defaultdict(int), defaultdict(int)
        for d in self.decided:
            n[d.owner] += 1
            k[d.owner] += d.outcome == "won"
        for d in self.open:
            z[d.owner] += d.zombie
        self.k, self.n, self.z = k, n, z
        e = self.est
        self.shrink = Shrink({o: (k[o], n[o]) for o in self.owners}, e.prior_strength, e.prior_win_rate)
        self.shrink_z = Shrink({o: (k[o], n[o] + z[o]) for o in self.owners}, e.prior_strength, e.prior_win_rate)
        self.p = self.shrink.p
        self.win = {o: self.shrink.of(k[o], n[o]) for o in self.owners}
        self.win_z = {o: self.shrink_z.of(k[o], n[o] + z[o])[0] for o in self.owners}
        self.s = {o: self.win[o][0] / self.p if self.p else 0.0 for o in self.owners}

    @staticmethod
    def shrunk_mean(values, company, weight):
        return None if company is None else company if len(values) + weight == 0 else (sum(values) + weight * company) / (len(values) + weight)

    def sizes(self):
        e, mean = self.est, lambda v: sum(v) / len(v) if v else None
        won = [d for d in self.decided if d.outcome == "won"]
        amounts = lambda ds: [d.amount for d in ds if d.amount is not None]
        self.A_company = mean(amounts(won))
        if self.A_company is None:
            self.A_company = median(amounts(self.open))
        self.Ad_company = mean(amounts(self.decided))
        if self.Ad_company is None:
            self.Ad_company = median(amounts(self.open))
        self.c_company = mean([max(0, d.close - d.tq) for d in won])
        self.L_company = mean([max(0, d.close - d.tq) for d in self.decided])
        self.curve = Curve(self.w, self.p, e)
        self.fit_size_effect()

    def own(self, owners):
        """A, A_d, cycle.own and L of a set of owners (None: the company's own)."""
        e, mine = self.est, set(owners)
        decided = [d for d in self.decided if d.owner in mine]
        won = [d for d in decided if d.outcome == "won"]
        age = lambda d: max(0, d.close - d.tq)
        amounts = lambda ds: [d.amount for d in ds if d.amount is not None]
        m = self.shrunk_mean
        return (m(amounts(won), self.A_company, e.shrink_deals), m(amounts(decided), self.Ad_company, e.shrink_deals),
                m([age(d) for d in won], self.c_company, e.shrink_deals), m([age(d) for d in decided], self.L_company, e.shrink_deals))

    def fit_size_effect(self):
        sample = [d for d in self.decided if d.amount is not None]
        self.effect = None
        if len(sample) >= 20:
            v = [d.amount for d in sample]
            mid = median(v)
            if mid:
                fit = fit_logistic([x / mid for x in v], [d.outcome == "won" for d in sample])
                if fit:
                    self.effect = (*fit, mid)

    def strategic(self, deal):
        limit = None if self.A_company is None else self.w.strategic.times_average * self.A_company
        return deal.strategic_flag or (deal.amount is not None and limit is not None and deal.amount >= limit - 1e-6)

    def z_of(self, deal):
        if not self.effect or deal.amount is None:
            return 1.0
        a, b, mid = self.effect
        return logistic(a + b * deal.amount / mid) / self.p

    def time_of(self, owner, factor=1.0):
        c = self.own([owner])[2]
        k = 1.0
        if c and self.c_company:
            k = min(2.0, max(.5, self.c_company / c))
        return Timed(self.curve, k, factor)

    def chance(self, deal, time, s, days, already=0):
        """q over (already, already + days] days from now, without the cap of 1."""
        if deal.zombie:
            return 0.0
        g = time.g(deal.age, days, already)
        return s * self.z_of(deal) * g
