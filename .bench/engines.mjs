// Runs the screens through DuckDB and polars. Arguments: a CSV file, and for how
// many milliseconds each is repeated. Prints one JSON object: engine -> job ->
// {ms, list}, or engine -> {absent: why}.
const [, , file, spend] = process.argv;
const weights = [[0.4, "m10"], [0.3, "m11"], [0.2, "m12"], [0.1, "m13"]];
const out = {};

async function timed(job) {
  let list = await job();
  const took = [];
  for (const end = performance.now() + Number(spend); took.length < 3 || performance.now() < end;) {
    const start = performance.now();
    list = await job();
    took.push(performance.now() - start);
  }
  took.sort((a, b) => a - b);
  return { ms: took[took.length >> 1], list };
}

async function duckdb() {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const db = await (await DuckDBInstance.create(":memory:")).connect();
  await db.run(`create table t as select * from read_csv('${file}', header = true, all_varchar = false, sample_size = -1)`);
  const filter = "m00 > -0.5 and m01 < 0.8 and m02 >= m03 - 1 and m04 / m05 > -2 and m06 between -1.5 and 1.5 and (m07 > 0 or m08 > 0.5)";
  const percentile = (m) => `case when ${m} is not null then (rank() over (order by ${m} nulls last) - 0.5::double) / count(${m}) over () end as p${m}`;
  const places = weights.map(([, m]) => percentile(m)).join(", ");
  const score = weights.map(([w, m]) => `${w}::double * p${m}`).join(" + ");
  const top = `order by score desc nulls last, id limit 50`;
  const jobs = {
    universe: `select id from (select *, ${score} as score from (select *, ${places} from t) where ${filter}) ${top}`,
    passed: `select id from (select *, ${score} as score from (select *, ${places} from t where ${filter})) ${top}`,
    filter: `select count(*) from t where ${filter}`,
  };
  const results = {};
  for (const [name, sql] of Object.entries(jobs)) {
    const statement = await db.prepare(sql);
    results[name] = await timed(async () => (await statement.runAndReadAll()).getRows().map((r) => Number(r[0])));
  }
  return results;
}

async function polars() {
  const pl = (await import("nodejs-polars")).default;
  const t = pl.readCSV(file, { inferSchemaLength: 100000 });
  const c = pl.col;
  const filter = c("m00").gt(-0.5).and(c("m01").lt(0.8)).and(c("m02").gtEq(c("m03").minus(1))).and(c("m04").div(c("m05")).gt(-2))
    .and(c("m06").gtEq(-1.5)).and(c("m06").ltEq(1.5)).and(c("m07").gt(0).or(c("m08").gt(0.5)));
  const score = weights.map(([w, m]) => c(m).rank({ method: "average" }).minus(0.5).div(c(m).count()).mul(w)).reduce((a, b) => a.plus(b)).alias("score");
  const best = (lazy) => lazy.sort({ by: ["score", "id"], descending: [true, false], nullsLast: true }).limit(50).select("id").collectSync().getColumn("id").toArray().map(Number);
  return {
    universe: await timed(() => best(t.lazy().withColumns(score).filter(filter))),
    passed: await timed(() => best(t.lazy().filter(filter).withColumns(score))),
    filter: await timed(() => [t.lazy().filter(filter).select("id").collectSync().height]),
  };
}

for (const [name, run] of Object.entries({ DuckDB: duckdb, polars })) {
  try {
    out[name] = await run();
  } catch (e) {
    out[name] = { absent: String(e).split("\n")[0] };
  }
}
console.log(JSON.stringify(out));
process.exit(0);
