"""Section 8 and the letters: what deals.json says of single deals."""
from collections import Counter, defaultdict

LEVELS = ("staff", "manager", "director", "executive")


class Influence:
    def __init__(self, world, core):
        self.w, self.c = world, core
        self.named, self.loose = defaultdict(list), defaultdict(list)
        for a in world.activities:
            if a.two_way and a.contact and a.count:
                if a.deal:
                    self.named[a.deal].append(a)
                elif a.account and not a.names_deal:
                    self.loose[a.account].append(a)

    def letters(self, deal):
        if not self.w.cfg.get("qualification"):
            return {}
        known = [l for l in deal.letters if l is not None]
        return dict(weakest=min(known) if known else None, complete=sum(l >= 2 for l in known) / len(deal.letters))

    def of(self, deal):
        if not self.c.strategic(deal):
            return {}
        w, c = self.w, self.c
        rows = self.named[deal.id] + (self.loose[deal.account] if deal.account else [])
        counts, levels = Counter(), Counter()
        for a in rows:
            if c.T(a.day):
                counts[a.contact] += a.count
        early = {a.contact for a in rows if a.day <= w.asof - 91}
        for contact in counts:
            levels[w.contacts[contact].level] += 1
        squares = sum(n * n for n in counts.values())
        return dict(people=len(counts), levels=dict(levels), new_people=len(set(counts) - early),
                    highest=next((l for l in reversed(LEVELS) if levels[l]), ""), effective=sum(counts.values()) ** 2 / squares if squares else 0.0,
                    silent_days=w.asof - max(a.day for a in rows) if rows else None)
