// job_polars.js EXTRACTS OUT: the job of the peers, in polars.
const fs = require('fs');
const pl = require('nodejs-polars');

const [, , folder, out] = process.argv, { col, lit } = pl, TEXT = pl.Utf8;
const OPEN = ['Discovery', 'Qualified', 'Proposal', 'Negotiation'];

function read(name, columns, wanted) {
    const schema = Object.fromEntries(columns.split(' ').map(c => [c, c === 'amount' ? pl.Float64 : TEXT]));
    return pl.scanCSV(`${folder}/${name}.csv`, { schema }).select(...wanted.split(' ')).collectSync();
}

const whole = value => value.cast(pl.Int64);
const number = (test, name) => whole(test).sum().alias(name);
const value = (test, name, of = 'cents') => pl.when(test).then(col(of)).otherwise(lit(0)).sum().alias(name);
const days = name => whole(col(name).str.strptime(pl.Date, '%Y-%m-%d').cast(pl.Int32));
const among = (name, list) => list.map(w => col(name).eq(lit(w))).reduce((a, b) => a.or(b));
const empty = name => col(name).isNull().or(col(name).eq(lit('')));

const seller = read('sellers', 'id name team email manager role start end', 'id team').rename({ id: 'owner' });
let activity = read('activities', 'day owner type account deal contact direction outcome minutes',
    'day owner type account deal direction outcome');
activity = activity.withColumns(col('direction').fillNull(lit('')).eq(lit('in'))
    .or(among('outcome', ['held', 'connected', 'replied']).fillNull(lit(false)))
    .or(among('type', ['meeting', 'demo']).and(empty('outcome'))).alias('two_way'));
const seen = activity.filter(col('two_way'));
const byDeal = seen.filter(empty('deal').not()).groupBy('deal').agg(col('day').max().alias('deal_day')).rename({ deal: 'id' });
const byAccount = seen.filter(empty('deal').and(empty('account').not())).groupBy('account').agg(col('day').max().alias('account_day'));
const volume = activity.filter(col('day').gt(lit('2026-07-01'))).join(seller, { on: 'owner', how: 'inner' })
    .groupBy('team').agg(col('day').count().alias('activities'), number(col('two_way'), 'two_way'));
let deal = read('deals', 'id name owner account stage amount currency created qualified close type source next_step ' +
    'next_step_date loss_reason strategic plan story lead category', 'id owner account stage amount currency qualified close type')
    .filter(empty('qualified').not().and(col('type').neq(lit('Renewal'))))
    .join(seller, { on: 'owner', how: 'inner' }).join(byDeal, { on: 'id', how: 'left' }).join(byAccount, { on: 'account', how: 'left' });
const rate = pl.when(col('currency').eq(lit('EUR'))).then(lit(100)).when(col('currency').eq(lit('USD'))).then(lit(92)).otherwise(lit(117));
deal = deal.withColumns(
    whole(col('amount').fillNull(lit(0)).mul(lit(100)).round(0)).mul(whole(rate)).plus(lit(50))
        .cast(pl.Float64).div(lit(100)).floor().cast(pl.Int64).alias('cents'),
    among('stage', OPEN).alias('open'),
    col('close').gt(lit('2025-09-30')).and(col('close').ltEq(lit('2026-09-30'))).fillNull(lit(false)).alias('recent'),
    whole(lit(20726)).minus(days('qualified')).gt(lit(30))
        .and(col('deal_day').isNull().or(col('deal_day').ltEq(lit('2026-08-31'))))
        .and(col('account_day').isNull().or(col('account_day').ltEq(lit('2026-08-31')))).alias('silent'),
    pl.when(days('close').gt(days('qualified'))).then(days('close').minus(days('qualified'))).otherwise(lit(0)).alias('age'),
    pl.when(col('amount').isNull()).then(lit(-1)).otherwise(lit(0)).alias('valued'));
const ended = stage => col('recent').and(col('stage').eq(lit(stage)));
const sums = deal.groupBy('team').agg(
    number(col('open'), 'open_number'), value(col('open'), 'open_value'), number(col('open').and(col('silent')), 'silent'),
    number(ended('Closed Won'), 'won_number'), value(ended('Closed Won'), 'won_value'),
    number(ended('Closed Lost'), 'lost_number'), value(ended('Closed Lost'), 'lost_value'),
    number(ended('No Decision'), 'undecided_number'), value(ended('No Decision'), 'undecided_value'),
    value(ended('Closed Won'), 'won_days', 'age'));
const largest = deal.filter(col('open')).sort(['team', 'valued', 'cents', 'id'], [false, true, true, false])
    .groupBy('team', true).agg(col('id').head(10)).toRecords();
const named = Object.fromEntries(largest.map(r => [r.team, r.id.join(' ')]));
const table = seller.select('team').unique().join(sums, { on: 'team', how: 'left' }).join(volume, { on: 'team', how: 'left' }).sort('team');
fs.writeFileSync(out, table.rows().map(row =>
    row.map(cell => cell === null ? 0 : String(cell)).join(',') + ',' + (named[row[0]] || '') + '\n').join(''));
