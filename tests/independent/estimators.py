"""The estimators of the contract, written from its text with nothing but the standard library."""
import math
from math import comb, exp, lgamma, log


def betainc(a, b, x):
    """Regularised incomplete beta by Lentz's continued fraction."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * math.log1p(-x))
    if x > (a + 1) / (a + b + 2):
        return 1 - betainc(b, a, 1 - x)
    tiny, f, c, d = 1e-300, 1.0, 1.0, 0.0
    for i in range(0, 2000):
        m = i // 2
        if i == 0:
            n = 1.0
        elif i % 2 == 0:
            n = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        else:
            n = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / ((1 + n * d) or tiny)
        c = 1 + n / c
        c = c or tiny
        f *= c * d
        if abs(1 - c * d) < 1e-16:
            break
    return front * (f - 1) / a


def beta_quantile(a, b, share):
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        if betainc(a, b, middle) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def jeffreys(k, n, low=0.1, high=0.9):
    return (0.0 if k == 0 else beta_quantile(k + .5, n - k + .5, low),
            1.0 if k == n else beta_quantile(k + .5, n - k + .5, high))


def gamma_quantile(shape, share):
    """Quantile of Gamma(shape, 1), by bisection on the regularised lower incomplete gamma."""
    def p(s, x):
        if x <= 0:
            return 0.0
        if x < s + 1:
            term = total = 1 / s
            n = s
            for _ in range(10000):
                n += 1
                term *= x / n
                total += term
                if term < total * 1e-17:
                    break
            return total * exp(-x + s * log(x) - lgamma(s))
        b, c = x + 1 - s, 1e300
        d = 1 / b
        h = d
        for i in range(1, 10000):
            an = -i * (i - s)
            b += 2
            d = 1 / (an * d + b)
            c = b + an / c
            h *= d * c
            if abs(d * c - 1) < 1e-16:
                break
        return 1 - h * exp(-x + s * log(x) - lgamma(s))
    low, high = 0.0, shape + 50 * math.sqrt(shape) + 50
    for _ in range(300):
        middle = (low + high) / 2
        if p(shape, middle) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def garwood_high(count):
    return gamma_quantile(count + 1, 0.9)


class Shrink:
    """Beta-binomial shrinkage over pairs {id: (k, n)}; see `deals.win_rate.own`."""

    def __init__(self, pairs, strength, prior_rate):
        use = [(k, n) for k, n in pairs.values() if n > 0]
        self.pairs = pairs
        self.K, self.N = sum(k for k, _ in use), sum(n for _, n in use)
        m = len(use)
        self.basis = "shrunk"
        if self.N == 0:
            self.p, self.M, self.basis = prior_rate, strength, "prior"
            return
        raw = self.K / self.N
        corrected = 0 < self.K < self.N
        self.p = raw if corrected else (self.K + .5) / (self.N + 1)
        if m < 3 or self.N < 30 or not corrected:
            self.M, self.basis = strength, "prior"
            return
        S = sum(n * (k / n - raw) ** 2 for k, n in use)
        bottom = self.N - sum(n * n for _, n in use) / self.N - (m - 1)
        if bottom <= 0:
            self.M, self.basis = strength, "prior"
            return
        rho = min(.5, (S / (raw * (1 - raw)) - (m - 1)) / bottom)
        if rho <= 0:
            self.M, self.basis = math.inf, "pooled"
        else:
            self.M = 1 / rho - 1

    def company_interval(self):
        if self.N == 0:
            return beta_quantile(self.p * self.M, self.M * (1 - self.p), .1), beta_quantile(self.p * self.M, self.M * (1 - self.p), .9)
        return jeffreys(self.K, self.N)

    def of(self, k, n):
        """value, low, high"""
        if self.N == 0:
            return self.p, *self.company_interval()
        if math.isinf(self.M):
            return self.p, *self.company_interval()
        a, b = k + self.p * self.M, n - k + self.M * (1 - self.p)
        return a / (n + self.M), beta_quantile(a, b, .1), beta_quantile(a, b, .9)


def logistic(t):
    return 1 / (1 + exp(-t)) if t >= 0 else exp(t) / (1 + exp(t))


def fit_logistic(x, y):
    """a, b of logistic(a + b x), or None: no spread, separation, no convergence."""
    if not x or min(x) == max(x):
        return None
    mean = sum(y) / len(y)
    if mean in (0, 1):
        return None
    a, b = log(mean / (1 - mean)), 0.0
    for _ in range(25):
        ga = gb = haa = hab = hbb = 0.0
        for xi, yi in zip(x, y):
            p = logistic(a + b * xi)
            w = p * (1 - p)
            ga += yi - p
            gb += (yi - p) * xi
            haa += w
            hab += w * xi
            hbb += w * xi * xi
        det = haa * hbb - hab * hab
        if not det > 0 or not math.isfinite(det):
            return None
        da, db = (hbb * ga - hab * gb) / det, (haa * gb - hab * ga) / det
        a, b = a + da, b + db
        if not (math.isfinite(a) and math.isfinite(b)) or abs(a) > 1e6 or abs(b) > 1e6:
            return None
        if abs(da) < 1e-10 and abs(db) < 1e-10:
            return a, b
    return None


def aalen_johansen(ages):
    """ages: [(age, cause or None)]; gives rows (age, {cause: F}, S) at each event age."""
    events, gone = {}, {}
    for age, cause in ages:
        gone[age] = gone.get(age, 0) + 1
        if cause is not None:
            events.setdefault(age, {})
            events[age][cause] = events[age].get(cause, 0) + 1
    at_risk, S, F, rows = len(ages), 1.0, {}, []
    for age in sorted(gone):
        if age in events:
            total = 0
            for cause in sorted(events[age]):
                d = events[age][cause]
                F[cause] = F.get(cause, 0.0) + S * d / at_risk
                total += d
            S *= 1 - total / at_risk
            rows.append((age, dict(F), S))
        at_risk -= gone[age]
    return rows


def kaplan_meier_median(spells):
    """spells: [(days, ended)]; smallest t with S(t) <= 1/2, None when never."""
    gone, ends = {}, {}
    for t, ended in spells:
        gone[t] = gone.get(t, 0) + 1
        ends[t] = ends.get(t, 0) + bool(ended)
    at_risk, S = len(spells), 1.0
    for t in sorted(gone):
        if ends[t]:
            S *= 1 - ends[t] / at_risk
            if S <= .5 + 1e-12:
                return t
        at_risk -= gone[t]
    return None


def phi(x):
    return .5 * math.erfc(-x / math.sqrt(2))


def phi_inverse(p):
    low, high = -40.0, 40.0
    for _ in range(200):
        middle = (low + high) / 2
        if phi(middle) < p:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def gauss_hermite(n):
    """Nodes and weights for the standard normal, by Newton on the probabilists' polynomials."""
    def value(x):
        a, b = 1.0, x
        for k in range(1, n):
            a, b = b, x * b - k * a
        return b, n * a
    roots, grid = [], [-12 + 24 * i / 20000 for i in range(20001)]
    for left, right in zip(grid, grid[1:]):
        if value(left)[0] * value(right)[0] <= 0:
            low, high = left, right
            for _ in range(200):
                middle = (low + high) / 2
                if value(low)[0] * value(middle)[0] <= 0:
                    high = middle
                else:
                    low = middle
            root = (low + high) / 2
            if not roots or abs(root - roots[-1]) > 1e-9:
                roots.append(root)
    weights = [math.factorial(n - 1) * n / (value(x)[1] ** 2) * 1.0 for x in roots]
    total = sum(weights)
    return roots, [w / total for w in weights]


def spread(mass, h, top_index, where, weight):
    """Puts a mass at a point between two grid values so that its mean is exact."""
    at = where / h
    low = int(math.floor(at))
    if low >= top_index:
        mass[top_index] = mass.get(top_index, 0) + weight
        return
    share = at - low
    mass[low] = mass.get(low, 0) + weight * (1 - share)
    if share > 0:
        mass[low + 1] = mass.get(low + 1, 0) + weight * share


def distribution(deals, jumps, top, h, correlation=0.0):
    """deals: [(v, q)], jumps: [(mean count, size)]: masses on 0, h, 2h ... (last point takes the rest)."""
    n = math.ceil(top / h)

    def bernoullis(qs):
        mass = [0.0] * (n + 1)
        mass[0] = 1.0
        for (v, _), q in zip(deals, qs):
            if q <= 0 or v <= 0:
                continue
            jump = {}
            spread(jump, h, n, v, q)
            new = [m * (1 - q) for m in mass]
            for step, weight in jump.items():
                for i, m in enumerate(mass):
                    if m:
                        new[min(n, i + step)] += m * weight
            mass = new
        return mass
    if correlation > 0:
        xs, ws = gauss_hermite(21)
        mass = [0.0] * (n + 1)
        r = correlation
        for x, w in zip(xs, ws):
            qs = [q if q <= 0 or q >= 1 else phi((phi_inverse(q) - math.sqrt(r) * x) / math.sqrt(1 - r)) for _, q in deals]
            for i, m in enumerate(bernoullis(qs)):
                mass[i] += w * m
    else:
        mass = bernoullis([q for _, q in deals])
    total = sum(c for c, a in jumps if c > 0 and a > 0)
    if total > 0:
        jump = {}
        for c, a in jumps:
            if c > 0 and a > 0:
                spread(jump, h, n, a, c / total)
        compound = [0.0] * (n + 1)
        compound[0] = exp(-total + total * jump.get(0, 0))
        for s in range(1, n + 1):
            compound[s] = total / s * sum(j * f * compound[s - j] for j, f in jump.items() if 0 < j <= s)
        compound[n] += max(0.0, 1 - sum(compound))
        new = [0.0] * (n + 1)
        for i, m in enumerate(mass):
            if m:
                for j, c in enumerate(compound):
                    if c:
                        new[min(n, i + j)] += m * c
        mass = new
    return mass


def binomial_two_sided(a, b):
    """Exact test of a against b at one half."""
    n = a + b
    if n == 0:
        return 1.0
    k = min(a, b)
    return min(1.0, 2 * sum(comb(n, i) for i in range(k + 1)) / 2 ** n) if a != b else 1.0


def fisher(k1, n1, k2, n2):
    from fractions import Fraction
    K, N = k1 + k2, n1 + n2
    if n1 == 0 or n2 == 0:
        return None
    total = comb(N, n1)
    probability = lambda i: Fraction(comb(K, i) * comb(N - K, n1 - i), total)
    limit = probability(k1) * Fraction(10 ** 7 + 1, 10 ** 7)
    return float(sum(p for p in (probability(i) for i in range(max(0, n1 - (N - K)), min(K, n1) + 1)) if p <= limit))


class Luck:
    """splitmix64 and Poisson by inversion."""

    def __init__(self, seed):
        self.state = seed & (2 ** 64 - 1)

    def next(self):
        mask = 2 ** 64 - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return z ^ (z >> 31)

    def share(self):
        return (self.next() >> 11) * 2.0 ** -53


def gini(values):
    values = sorted(values)
    n, total = len(values), sum(values)
    if n == 0 or total <= 0:
        return None
    return (2 * sum((i + 1) * v for i, v in enumerate(values)) - (n + 1) * total) / (n * total)


def nearest_rank(values, percent):
    values = sorted(values)
    rank = -(-percent * len(values) // 100)
    return values[max(1, rank) - 1] if values else None


def median(values):
    values = sorted(values)
    n = len(values)
    return None if n == 0 else values[n // 2] if n % 2 else (values[n // 2 - 1] + values[n // 2]) / 2
