// Does one job with DuckDB or polars. Arguments: engine, job, a file of data, and
// for how many milliseconds the job is repeated. Prints one JSON object: {ms, mb, added,
// list}, or {absent: why}.
//
// Warm jobs read a CSV file, and start counting then. "make" makes of it what the
// engine reads fastest, beside the file; "cold" reads that, screens it once, prints
// the list and ends; "months" does so date by date.
import fs from "node:fs";

const [, , engine, job, file, spend] = process.argv;
const weights = [[0.4, "m10"], [0.3, "m11"], [0.2, "m12"], [0.1, "m13"]];

async function timed(run) {
  let list;
  const took = [];
  try { fs.writeFileSync("/proc/self/clear_refs", "5"); } catch { /* then the peak is that of all */ }
  const before = peak();
  for (const end = performance.now() + Number(spend); took.length < 3 || performance.now() < end;) {
    const start = performance.now();
    list = await run();
    took.push(performance.now() - start);
    if (took[0] > 5 * Number(spend)) break;
  }
  const mb = peak();
  took.sort((a, b) => a - b);
  return { ms: took[took.length >> 1], mb, added: mb - before, list };
}

function peak() {
  return (/VmHWM:\s+(\d+)/.exec(fs.readFileSync("/proc/self/status", "utf8"))?.[1] ?? 0) / 1024;
}

async function duckdb() {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const kept = file.replace(/\.csv$/, ".duckdb");
  const db = await (await DuckDBInstance.create(["make", "cold", "months"].includes(job) ? kept : ":memory:")).connect();
  if (!["cold", "months"].includes(job)) {
    await db.run(`create table t as select * from read_csv('${file}', header = true, all_varchar = false, sample_size = -1)`);
  }
  if (job === "make") return {};
  const filter = "m00 > -0.5 and m01 < 0.8 and m02 >= m03 - 1 and m04 / m05 > -2 and m06 between -1.5 and 1.5 and (m07 > 0 or m08 > 0.5)";
  const places = (over) => weights.map(([, m]) => `case when ${m} is not null then (rank() over (${over} order by ${m} nulls last) - 0.5::double) / count(${m}) over (${over}) end as p${m}`).join(", ");
  const score = weights.map(([w, m]) => `${w}::double * p${m}`).join(" + ");
  const top = `order by score desc nulls last, id limit 50`;
  const sql = {
    universe: `select id from (select *, ${score} as score from (select *, ${places("")} from t) where ${filter}) ${top}`,
    passed: `select id from (select *, ${score} as score from (select *, ${places("")} from t where ${filter})) ${top}`,
    filter: `select count(*) from t where ${filter}`,
    dates: `select id from (select date, id, row_number() over (partition by date order by score desc nulls last, id) as place
      from (select *, ${score} as score from (select *, ${places("partition by date")} from t) where ${filter})) where place <= 50 order by date, place`,
    cold: fs.readFileSync("cold.sql", "utf8"),
    months: fs.readFileSync("months.sql", "utf8"),
  }[job];
  const statement = await db.prepare(sql);
  const run = async () => (await statement.runAndReadAll()).getRows().map((r) => Number(r[0]));
  return ["cold", "months"].includes(job) ? { list: await run() } : timed(run);
}

async function polars() {
  const pl = (await import("nodejs-polars")).default;
  const kept = file.replace(/\.csv$/, ".parquet");
  const t = ["cold", "months"].includes(job) ? pl.readParquet(kept) : pl.readCSV(file, { inferSchemaLength: 100000 });
  if (job === "make") return void t.writeParquet(kept) ?? {};
  const c = pl.col;
  const place = (m, over) => {
    const rank = c(m).rank({ method: "average" }), count = c(m).count();
    return (over ? rank.over(over) : rank).minus(0.5).div(over ? count.over(over) : count);
  };
  const score = (over) => weights.map(([w, m]) => place(m, over).mul(w)).reduce((a, b) => a.plus(b)).alias("score");
  const ids = (frame) => frame.getColumn("id").toArray().map(Number);
  const best = (lazy) => lazy.sort({ by: ["score", "id"], descending: [true, false], nullsLast: true }).limit(50).select("id");
  const firsts = (lazy) => lazy.sort({ by: ["date", "score", "id"], descending: [false, true, false], nullsLast: true })
    .groupBy("date", true).agg(c("id").head(50));
  const eachOf = (found) => ids(found.select("id").explode("id"));
  if (["cold", "months"].includes(job)) {
    const over = job === "months" ? "date" : undefined;
    const score = place("roic", over).plus(place("earnings_yield", over)).alias("score");
    const filter = c("market_cap").gtEq(1e8).and(c("market_cap").ltEq(5e9)).and(c("roic").gtEq(0.05)).and(c("debt_to_equity").ltEq(1)).and(c("current_ratio").gtEq(1));
    const found = t.lazy().withColumns(score).filter(filter);
    return { list: over ? eachOf(firsts(found).collectSync()) : ids(best(found).collectSync()) };
  }
  const filter = c("m00").gt(-0.5).and(c("m01").lt(0.8)).and(c("m02").gtEq(c("m03").minus(1))).and(c("m04").div(c("m05")).gt(-2))
    .and(c("m06").gtEq(-1.5)).and(c("m06").ltEq(1.5)).and(c("m07").gt(0).or(c("m08").gt(0.5)));
  // The query is made once, as a statement is prepared: making its expressions takes
  // javascript five times as long as polars takes to answer.
  const query = {
    universe: () => best(t.lazy().withColumns(score()).filter(filter)),
    passed: () => best(t.lazy().filter(filter).withColumns(score())),
    filter: () => t.lazy().filter(filter).select("id"),
    dates: () => firsts(t.lazy().withColumns(score("date")).filter(filter)),
  }[job]();
  const read = {
    filter: (found) => [found.height],
    dates: eachOf,
  }[job] ?? ids;
  return timed(() => read(query.collectSync()));
}

// Not console.log, which the exit may cut off.
const print = (o) => fs.writeSync(1, JSON.stringify(o) + "\n");
try {
  print((await { DuckDB: duckdb, polars }[engine]()) ?? {});
} catch (e) {
  if (e?.code !== "ERR_MODULE_NOT_FOUND") throw e;
  print({ absent: String(e).split("\n")[0] });
}
process.exit(0);
