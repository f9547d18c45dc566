select id from (
  select date, id, row_number() over (partition by date order by score desc nulls last, id) as place from (
    select *, proic + pyield as score from (
      select *,
        case when roic is not null then (rank() over (partition by date order by roic nulls last) - 0.5e0) / count(roic) over (partition by date) end as proic,
        case when earnings_yield is not null then (rank() over (partition by date order by earnings_yield nulls last) - 0.5e0) / count(earnings_yield) over (partition by date) end as pyield
      from t)
    where market_cap >= 1e8 and market_cap <= 5e9 and roic >= 0.05e0 and debt_to_equity <= 1 and current_ratio >= 1))
where place <= 50 order by date, place
