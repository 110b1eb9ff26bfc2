"""The records of a run, read independently of the program: config, tables, links, states.

Only what the comparison needs: UTF-8 CSV with canonical headers or a plain `map`, a flat XML file,
ISO days and plain numbers."""
import csv, datetime, glob, os, re
import xml.etree.ElementTree as ET
from collections import defaultdict
from fractions import Fraction

import yaml

EPOCH = datetime.date(1970, 1, 1)
NEVER = None
DEFAULTS = {
    "estimates": dict(prior_strength=20, prior_win_rate=0.25, shrink_deals=10, curve_days=1095,
                      curve_minimum=20, prior_cycle_days=90, zombie_minimum=10),
    "engagement": dict(two_way_outcomes=["held", "connected", "replied"], two_way_types=["meeting", "demo"],
                       advance_days=14, repeat_meetings=5, capture_minimum=0.6),
    "territory": dict(worked_days=90, list=10),
    "strategic": dict(times_average=3),
    "coverage": dict(flat_multiple=3),
    "capacity": dict(concurrent_deals=20, creation_times=2, too_late_below=0.05),
    "forecast": dict(correlation=0),
    "findings": dict(most=5, minimum_n=10),
    "luck": dict(seed=1, draws=2000),
}
FLAGS = ["past_close", "no_amount", "zombie", "no_close", "owner_left", "silent", "no_next_step", "aged",
         "pushed", "too_soon", "single_threaded", "duplicate", "weak_qualification"]
FATAL = {"past_close", "no_amount", "zombie", "no_close", "owner_left", "silent"}
LIMITS = dict(zombie=dict(days=30), silent=dict(days=30), pushed=dict(times=3, days=90),
              single_threaded=dict(days=60))
NO_DIGITS, THREE_DIGITS = {"JPY", "KRW", "CLP", "VND", "ISK"}, {"KWD", "BHD", "OMR", "TND", "JOD"}


def day(text):
    text = str(text or "").strip()[:10]
    try:
        return (datetime.date.fromisoformat(text) - EPOCH).days if text else NEVER
    except ValueError:
        return "bad"


def iso(d):
    return (EPOCH + datetime.timedelta(days=d)).isoformat()


def digits_of(currency):
    return 0 if currency in NO_DIGITS else 3 if currency in THREE_DIGITS else 2


class Obj(dict):
    __getattr__ = dict.get
    __setattr__ = dict.__setitem__


class Periods:
    LENGTH = dict(month=1, quarter=3, half=6, year=12)

    def __init__(self, kind, first_month):
        self.kind, self.first, self.months = kind, first_month, self.LENGTH[kind]

    def of(self, d):
        date = EPOCH + datetime.timedelta(days=d)
        since = (date.month - self.first) % 12
        year = date.year if date.month >= self.first else date.year - 1
        return self.at(year, since // self.months)

    def at(self, year, number):
        per_year = 12 // self.months
        year, number = year + number // per_year, number % per_year
        month = self.first - 1 + number * self.months
        start = datetime.date(year + month // 12, month % 12 + 1, 1)
        month += self.months
        end = datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)
        mark = dict(month=f"-M{number + 1:02}", quarter=f"-Q{number + 1}", half=f"-H{number + 1}", year="")
        return Obj(start=(start - EPOCH).days, end=(end - EPOCH).days, name=f"{year}{mark[self.kind]}",
                   year=year, number=number)

    def next(self, p, by=1):
        return self.at(p.year, p.number + by)

    def parse(self, text):
        match = re.fullmatch(r"(\d{4})(?:-([HQM])(\d+))?", text)
        if match:
            return self.at(int(match[1]), int(match[3] or 1) - 1)
        return self.of(day(text))


def read_rows(folder, extract):
    rows = []
    for path in sorted(glob.glob(os.path.join(folder, extract["file"]))):
        if path.endswith(".xml"):
            record = extract["xml"]["record"].strip("/").split("/")
            for element in ET.parse(path).getroot().iterfind("/".join(record[1:])):
                row = dict(element.attrib)
                row.update({child.tag: child.text or "" for child in element})
                rows.append(row)
        else:
            with open(path, encoding="utf-8-sig", newline="") as file:
                reader = csv.reader(file)
                header = next(reader)
                rows += [dict(zip(header, cells)) for cells in reader if len(cells) == len(header)]
    return rows


def header(folder, extract):
    """Of a file without rows: the columns it has all the same."""
    paths = glob.glob(os.path.join(folder, extract["file"]))
    with open(paths[0], encoding="utf-8-sig", newline="") as file:
        return set(next(csv.reader(file), ()))


def mapped(folder, extract, rows):
    tables = {}

    def value(row, rule, name):
        rule = dict(columns=[rule]) if isinstance(rule, str) else rule
        columns = rule.get("columns") or ([rule["column"]] if rule.get("column") else [name])
        columns = [columns] if isinstance(columns, str) else columns
        cell = next((row[c] for c in columns if c in row), "").strip()
        cell = rule.get("replace", {}).get(cell, cell)
        if "lookup" in rule and cell:
            look = rule["lookup"]
            if look["file"] not in tables:
                tables[look["file"]] = {r[look["key"]]: r[look["take"]]
                                        for r in read_rows(folder, dict(file=look["file"]))}
            cell = tables[look["file"]].get(cell, "")
        if not cell and "otherwise" in rule:
            cell = value(row, rule["otherwise"], name)
        return cell or str(rule.get("constant", ""))

    rules = extract.get("map") or {}
    return [Obj({k: (v or "").strip() for k, v in row.items()}, **{f: value(row, r, f) for f, r in rules.items()})
            for row in rows]


class World:
    def __init__(self, path, as_of=None):
        folder = os.path.dirname(os.path.abspath(path))
        self.cfg = cfg = yaml.safe_load(open(path, encoding="utf-8"))
        for key, values in DEFAULTS.items():
            setattr(self, key, Obj(values, **(cfg.get(key) or {})))
        self.asof = day(as_of or cfg["as_of"])
        self.periods = Periods(cfg.get("period", "quarter"), cfg.get("fiscal_year_starts", 1))
        self.P = self.periods.of(self.asof)
        self.Pn, self.Pp = self.periods.next(self.P), self.periods.next(self.P, -1)
        self.D = self.P.end - self.asof
        self.len, self.lenn = self.P.end - self.P.start + 1, self.Pn.end - self.Pn.start + 1
        self.currency = cfg["currency"]["report"]
        self.rates = {k: Fraction(str(v)) for k, v in (cfg["currency"].get("rates") or {}).items()}
        self.digits = digits_of(self.currency)
        self.stages = [Obj(s, i=i, qualified=s.get("qualified") in (True, "yes")) for i, s in enumerate(cfg["stages"])]
        self.stage_of = {name: s for s in self.stages for name in [s.name] + (s.aliases or [])}
        self.rules = self.read_rules(cfg.get("rules") or {})
        self.has = {}
        self.tables = {}
        for name in ("sellers teams accounts contacts deals history activities leads quotas calls").split():
            extract = (cfg.get("extracts") or {}).get(name)
            self.has[name] = extract is not None
            rows = mapped(folder, extract, read_rows(folder, extract)) if extract else []
            self.tables[name] = rows
            self.columns = getattr(self, "columns", {})
            self.columns[name] = set(rows[0]) if rows else header(folder, extract) if extract else set()
        previous = cfg.get("previous")
        self.load_people()
        self.load_accounts()
        self.load_deals()
        self.load_activities()
        self.load_rest()
        self.previous = self.load_previous(folder, cfg.get("previous"))

    @staticmethod
    def read_rules(given):
        rules = {}
        for flag in FLAGS:
            rule = Obj(LIMITS.get(flag, {}), word="fatal" if flag in FATAL else "flag")
            value = given.get(flag)
            if isinstance(value, dict):
                rule.update({k: v for k, v in value.items() if k != "fatal"})
                if "fatal" in value:
                    rule.word = "fatal" if value["fatal"] in (True, "yes") else "flag"
            elif value is not None:
                rule.word = "off" if value is False else value
            rules[flag] = rule
        return rules

    def unique(self, name, fields):
        seen, kept = {}, {}
        for row in self.tables[name]:
            mine = tuple(row.get(f, "") for f in fields)
            key = row.id
            if key in seen:
                if seen[key] != mine:
                    kept.pop(key, None)
                continue
            seen[key] = mine
            kept[key] = row
        return [kept[k] for k in sorted(kept, key=lambda t: t.encode())]

    def money(self, text, currency=None):
        if not text:
            return None
        try:
            amount = Fraction(text)
        except ValueError:
            return None
        rate = Fraction(1) if not currency or currency == self.currency else self.rates[currency]
        scaled = amount * rate * 10 ** self.digits
        half = (abs(scaled) + Fraction(1, 2)).__floor__()
        return half if scaled >= 0 else -half

    def load_people(self):
        self.teams, self.sellers = {}, {}
        for row in self.unique("teams", ["id", "name", "parent", "manager", "email"]):
            self.teams[row.id or row.name] = Obj(id=row.id or row.name, name=row.name, parent=row.parent or None)
        rows = self.unique("sellers", ["id", "name", "team", "email", "manager", "role", "start", "end"])
        for row in rows:
            start, end = day(row.start), day(row.end)
            team = row.team or None
            if team and not self.has["teams"]:
                self.teams.setdefault(team, Obj(id=team, name=team, parent=None))
            if team not in self.teams:
                by_name = [t for t in self.teams.values() if t.name == team]
                team = by_name[0].id if len(by_name) == 1 else None
            self.sellers[row.id] = Obj(id=row.id, name=row.name, team=team, start=start, end=end,
                                       left=end is not None and end < self.asof)
        for team in self.teams.values():
            if team.parent not in self.teams:
                team.parent = None
        self.sellers[""] = Obj(id="", name="", team=None, start=None, end=None, left=False)

    def owner(self, text):
        return text if text in self.sellers else ""

    def load_accounts(self):
        self.accounts, self.contacts = {}, {}
        tier = dict(a="yes", b="yes", c="no", d="no")
        for row in self.unique("accounts", ["id", "name", "owner", "segment", "industry", "potential", "icp", "customer", "parent"]):
            icp = (row.icp or "").lower()
            icp = tier.get(icp, icp)
            icp = True if icp in ("yes", "true", "1", "y", "x") else False if icp in ("no", "false", "0", "n") else None
            customer = (row.customer or "").lower() in ("yes", "true", "1", "y", "x")
            self.accounts[row.id] = Obj(id=row.id, owner=self.owner(row.owner), icp=icp, customer=customer,
                                        owned=row.owner in self.sellers and row.owner != "", potential=self.money(row.potential))
        words = {k: [w.lower() for w in v] for k, v in (self.cfg.get("levels") or {}).items()}
        for row in self.unique("contacts", ["id", "account", "name", "title", "level"]):
            level = (row.level or "").lower()
            if level not in ("executive", "director", "manager", "staff"):
                title = re.findall(r"\w+", (row.title or "").lower())
                level = next((l for l in ("executive", "director", "manager", "staff")
                              if any(w in title for w in words.get(l, []))), "")
            self.contacts[row.id] = Obj(id=row.id, account=row.account if row.account in self.accounts else None, level=level)

    def load_deals(self):
        letters = self.cfg.get("qualification") or []
        segments = self.cfg.get("segments") or {}
        history = defaultdict(list)
        self.history_rows = 0
        fields = ("id owner stage created name account amount currency qualified close type source category "
                  "next_step next_step_date loss_reason strategic plan story lead").split() + letters
        rows = {row.id: row for row in self.unique("deals", fields)}
        for order, row in enumerate(self.tables["history"]):
            d = day(row.day)
            if row.deal not in rows or d in (None, "bad") or d > self.asof:
                continue
            currency = row.currency or rows[row.deal].currency
            stage = self.stage_of.get(row.stage)
            history[row.deal].append(Obj(day=d, order=order, stage=stage, amount=self.money(row.amount, currency),
                                         close=day(row.close), owner=self.owner(row.owner) if row.owner else None,
                                         category=row.category or None))
        self.deals = {}
        for id, row in rows.items():
            deal = self.read_deal(id, row, sorted(history[id], key=lambda h: (h.day, h.order)), segments, letters)
            if deal:
                self.deals[id] = deal

    def read_deal(self, id, row, history, segments, letters):
        stage, created, close = self.stage_of.get(row.stage), day(row.created), day(row.close)
        if not id or stage is None or created in (None, "bad") or created > self.asof:
            return None
        if row.currency and row.currency != self.currency and row.currency not in self.rates:
            return None
        close = None if close == "bad" else close
        qualified = day(row.qualified)
        qualified = None if qualified in (None, "bad") else qualified
        outcome, category = stage.outcome, row.category or None
        final = stage
        if outcome != "open" and close is None:
            close = next((d for d, s in self.day_ends(history) if s is stage), None)
            if close is None:
                return None
        future = outcome != "open" and close > self.asof
        if future:
            last = history[-1].stage if history else None
            for h in history:
                last = h.stage or last
            stage = last if last is not None and last.outcome == "open" else None
            outcome, category = "open", None
        amount = self.money(row.amount, row.currency)
        if outcome == "open" and amount is not None and amount < 0:
            return None
        deal = Obj(id=id, owner=self.owner(row.owner), stage=stage, final=final, outcome=outcome, created=created, close=close,
                   amount=amount, future=future, history=history, category=category or (stage.category if stage and not future else None),
                   account=row.account if row.account in self.accounts or (row.account and not self.has["accounts"]) else None,
                   raw_account=row.account or None, type=row.type or "", source=row.source or "", loss_reason=row.loss_reason or "",
                   next_step=row.next_step or "", next_step_date=day(row.next_step_date), lead=row.lead or None,
                   strategic_flag=(row.strategic or "").lower() in ("yes", "true", "1", "y", "x"),
                   letters=[int(row[l]) if (row.get(l) or "") in "0123" and row.get(l) else None for l in letters])
        if not self.has["accounts"]:
            deal.account = None
        deal.segment = segments.get(deal.type, deal.type if deal.type in ("new", "expansion", "renewal") else "new")
        if future:
            deal.category = None
        deal.tq, deal.tq_from = self.qualified_day(deal, qualified)
        return deal

    def load_previous(self, folder, previous):
        """The deals as they stood on an earlier day: previous {day, deals}; None without."""
        if not previous:
            return None
        at, deals = day(previous["day"]), {}
        segments = self.cfg.get("segments") or {}
        source = dict(file=previous["deals"]) if isinstance(previous["deals"], str) else previous["deals"]
        for row in mapped(folder, source, read_rows(folder, source)):
            stage, created, close, tq = self.stage_of.get(row.stage), day(row.created), day(row.close), day(row.qualified)
            if not row.id or stage is None or created in (None, "bad") or created > at:
                continue
            if row.currency and row.currency != self.currency and row.currency not in self.rates:
                continue
            amount = self.money(row.amount, row.currency)
            if amount is not None and amount < 0 and (stage.outcome == "open" or (close is not None and close > at)):
                continue
            if tq is None and row.id in self.deals:
                tq = self.deals[row.id].tq
            if tq is None and (stage.outcome == "won" or (stage.outcome == "open" and stage.qualified)):
                tq = created
            if tq is not None and stage.outcome != "open" and close is not None:
                tq = min(tq, close)
            kind = row.type or ""
            deals[row.id] = Obj(id=row.id, stage=stage, close=close, owner=self.owner(row.owner), amount=amount, tq=tq,
                                segment=segments.get(kind, kind if kind in ("new", "expansion", "renewal") else "new"))
        return Obj(day=at, deals=deals)

    @staticmethod
    def day_ends(history):
        """[(day, stage)]: the last stage named up to the end of each day."""
        ends, stage = {}, None
        for h in history:
            stage = h.stage or stage
            ends[h.day] = stage
        return sorted(ends.items())

    def qualified_day(self, deal, qualified):
        stage, tq, source = deal.stage, None, None
        opened = [h for h in deal.history if h.stage is not None and h.stage.outcome == "open"]
        if qualified is not None:
            tq, source = qualified, "field"
        else:
            first = next((d for d, s in self.day_ends(deal.history) if s is not None and s.outcome == "open" and s.qualified), None)
            if first is not None:
                tq, source = first, "history"
            elif stage is not None and ((stage.outcome == "open" and stage.qualified) or stage.outcome == "won" or
                                        (stage.outcome in ("lost", "no_decision") and not opened)):
                tq, source = deal.created, "created"
        if tq is not None and deal.outcome != "open":
            tq = min(tq, deal.close)
        if tq is not None and tq > self.asof:  # known, but not yet: "qualified deal: tq known and <= asof"
            tq, source = None, None
        return tq, source

    def load_activities(self):
        self.activities = []
        e = self.engagement
        outcomes, types = {o.lower() for o in e.two_way_outcomes}, {t.lower() for t in e.two_way_types}
        for row in self.tables["activities"]:
            d = day(row.day)
            if d in (None, "bad") or d > self.asof or row.get("count") == "0":  # nothing happened
                continue
            deal = self.deals.get(row.deal)
            contact = self.contacts.get(row.contact)
            own = row.account if row.account in self.accounts else None
            account = own or (deal.account if deal else None) or (contact.account if contact else None)
            outcome, kind = (row.outcome or "").lower(), row.type.lower()
            two_way = (row.direction or "").lower() == "in" or outcome in outcomes or (kind in types and outcome in ("", "held"))
            self.activities.append(Obj(day=d, owner=self.owner(row.owner), type=kind, deal=deal.id if deal else None, names_deal=bool(row.deal),
                                       account=account, own_account=own, contact=contact.id if contact else None, outcome=outcome,
                                       two_way=two_way, count=int(row["count"]) if row.get("count") else 1,
                                       meeting=kind in types))

    def load_rest(self):
        self.leads = {}
        for row in self.unique("leads", "id owner created account source worked replied met qualified deal closed".split()):
            created = day(row.created)
            if created in (None, "bad") or created > self.asof:
                continue
            steps = [day(row.get(s)) for s in ("worked", "replied", "met", "qualified", "closed")]
            steps = [None if s in (None, "bad") or s > self.asof else s for s in steps]
            lead = Obj(id=row.id, owner=self.owner(row.owner), created=created, deal=row.deal if row.deal in self.deals else None,
                       worked=steps[0], replied=steps[1], met=steps[2], qualified=steps[3], closed=steps[4], source=row.source or "")
            lead.reach = max([i + 1 for i in range(4) if steps[i] is not None] or [0])
            if lead.reach and lead.worked is None:
                lead.worked = created
            self.leads[row.id] = lead
        self.quota = defaultdict(dict)
        seen = defaultdict(list)
        for row in self.tables["quotas"]:
            key = ("seller", row.seller) if row.seller else ("team", row.team)
            known = row.seller in self.sellers if row.seller else row.team in self.teams or row.team == "company"
            amount = self.money(row.amount)
            if known and amount is not None and amount >= 0:
                seen[(key, self.periods.parse(row.period).name)].append(amount)
        for (key, name), amounts in seen.items():
            if len(amounts) == 1 or len(set(amounts)) == 1:
                if len(amounts) == 1:
                    self.quota[name][key] = amounts[0]
        self.calls = []
        for row in self.tables["calls"]:
            d = day(row.day)
            if d in (None, "bad") or d > self.asof or row.owner not in self.sellers:
                continue
            self.calls.append(Obj(owner=row.owner, period=self.periods.parse(row.period).name, day=d,
                                  commit=self.money(row.commit), best=self.money(row.best)))
