"""Does one job with pandas. Arguments: engine, job, a file of data, and for how many
milliseconds the job is repeated. Prints what engines.mjs does."""
import json, sys, time

engine, job, file, spend = sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4]) / 1000
try:
    import pandas as pd
except ImportError:
    print(json.dumps({"absent": "no python3 here has pandas"}))
    sys.exit(0)


def timed(run):
    took = []
    try:
        open("/proc/self/clear_refs", "w").write("5")
    except OSError:
        pass  # then the peak is that of all
    before, end = peak(), time.perf_counter() + spend
    while len(took) < 3 or time.perf_counter() < end:
        start = time.perf_counter()
        found = run()
        took.append(time.perf_counter() - start)
        if took[0] > 5 * spend:
            break
    mb = peak()
    return {"ms": sorted(took)[len(took) // 2] * 1000, "mb": mb, "added": mb - before, "list": [int(x) for x in found]}


def peak():
    found = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
    return float(found[0]) / 1024 if found else 0


def place(column, by=None):
    if by is None:
        return (column.rank(method="average") - 0.5) / column.count()
    group = column.groupby(by)
    return (group.rank(method="average") - 0.5) / group.transform("count")


def score(t, by=None):
    return 0.4 * place(t.m10, by) + 0.3 * place(t.m11, by) + 0.2 * place(t.m12, by) + 0.1 * place(t.m13, by)


def passing(t):
    return ((t.m00 > -0.5) & (t.m01 < 0.8) & (t.m02 >= t.m03 - 1) & (t.m04 / t.m05 > -2)
            & (t.m06 >= -1.5) & (t.m06 <= 1.5) & ((t.m07 > 0) | (t.m08 > 0.5)))


def best(ids, scores, n=50):
    ranked = pd.DataFrame({"id": ids, "score": scores})
    return ranked.sort_values(["score", "id"], ascending=[False, True], na_position="last").id.head(n)


def over_universe(t):
    s, ok = score(t), passing(t)
    return best(t.id[ok], s[ok])


def over_passed(t):
    t = t[passing(t)]
    return best(t.id, score(t))


def each_date(date, ids, scores):
    ranked = pd.DataFrame({"date": date, "id": ids, "score": scores})
    ranked = ranked.sort_values(["date", "score", "id"], ascending=[True, False, True], na_position="last")
    return ranked.groupby("date", sort=False).head(50).id


def over_dates(t):
    s, ok = score(t, t.date), passing(t)
    return each_date(t.date[ok], t.id[ok], s[ok])


def cold(t, by=None):
    s = place(t.roic, by) + place(t.earnings_yield, by)
    ok = (t.market_cap >= 1e8) & (t.market_cap <= 5e9) & (t.roic >= 0.05) & (t.debt_to_equity <= 1) & (t.current_ratio >= 1)
    return best(t.id[ok], s[ok]) if by is None else each_date(by[ok], t.id[ok], s[ok])


kept = file.removesuffix(".csv") + ".pickle"
if job == "make":
    pd.read_csv(file, float_precision="round_trip").to_pickle(kept)
    print("{}")
elif job in ("cold", "months"):
    t = pd.read_pickle(kept)
    print(json.dumps({"list": [int(x) for x in cold(t, t.date if job == "months" else None)]}))
else:
    t = pd.read_csv(file, float_precision="round_trip")
    work = {"universe": over_universe, "passed": over_passed, "filter": lambda t: [passing(t).sum()], "dates": over_dates}[job]
    print(json.dumps(timed(lambda: work(t))))
