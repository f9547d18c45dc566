select id from (
  select *, proic + pyield as score from (
    select *,
      case when roic is not null then (rank() over (order by roic nulls last) - 0.5e0) / count(roic) over () end as proic,
      case when earnings_yield is not null then (rank() over (order by earnings_yield nulls last) - 0.5e0) / count(earnings_yield) over () end as pyield
    from t)
  where market_cap >= 1e8 and market_cap <= 5e9 and roic >= 0.05e0 and debt_to_equity <= 1 and current_ratio >= 1)
order by score desc nulls last, id limit 50
