#!/usr/bin/python3
"""reference.py CONFIG OUT [AS_OF]: measures.json and deals.json of every scope, from the contract's
text alone. Only numbers; see README.md for what is left out."""
import json, math, os, sys
from collections import defaultdict

from core import Core, Timed
from estimators import *
from flags import FLAGS, Flags
from system import System
from change import Change
from influence import Influence
from views import Views
from world import World, iso


def scopes(world):
    children = defaultdict(list)
    for t in world.teams.values():
        children[t.parent].append(t.id)
    people = defaultdict(list)
    for s in world.sellers.values():
        if s.id:
            people[s.team].append(s.id)

    def below(team):
        out = list(people[team])
        for child in children[team]:
            out += below(child)
        return sorted(out, key=lambda t: t.encode())
    yield "company", "company", sorted(world.sellers, key=lambda t: t.encode())
    for t in world.teams:
        yield "team", t, below(t)
    for s in world.sellers:
        if s:
            yield "seller", s, [s]


def main():
    world = World(sys.argv[1], sys.argv[3] if len(sys.argv) > 3 else None)
    core = Core(world)

    def capture(flags):
        won = defaultdict(list)
        for d in core.decided:
            if d.outcome == "won":
                won[d.owner].append(d.id in flags.any_touch)
        every = [x for v in won.values() for x in v]

        def poor(owner):
            mine = won[owner] if len(won[owner]) >= 5 else every
            return bool(mine) and sum(mine) / len(mine) < world.engagement.capture_minimum
        return poor
    flags = Flags(world, core, capture)
    system = System(world, core)
    views = Views(world, core, flags, system)
    change, influence = Change(world, core), Influence(world, core)
    for kind, id, owners in scopes(world):
        measures = views.measures(kind, id, owners)
        measures.update(change.measures(kind, id, owners))
        folder = os.path.join(sys.argv[2], kind, id.replace("/", "_"))
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "measures.json"), "w") as file:
            json.dump(dict(scope=dict(kind=kind, id=id), measures=measures), file, indent=1)
        mine = set(owners)
        deals = [dict(id=d.id, owner=d.owner, amount=d.amount, age=d.age, q=system.q.get(d.id, 0.0), size_effect=core.z_of(d),
                      flags=d.flags, primary=d.primary, clean=d.clean, **influence.letters(d), **influence.of(d))
                 for d in sorted(core.open, key=lambda d: d.id.encode()) if d.owner in mine]
        with open(os.path.join(folder, "deals.json"), "w") as file:
            json.dump(deals, file, indent=1)


main()
