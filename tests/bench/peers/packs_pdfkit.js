// packs_pdfkit.js DATA FOLDER [TEAMS]: each pack as a PDF with Carlito by pdfkit, drawn by hand.
const fs = require('fs');
const PDFDocument = require('pdfkit');

const FONTS = '/usr/share/fonts/truetype/crosextra/Carlito-';
const COLOURS = ['#12436d', '#28a197', '#801650', '#f46a25'];
const [, , data, folder, limit] = process.argv;
const regular = fs.readFileSync(FONTS + 'Regular.ttf'), bold = fs.readFileSync(FONTS + 'Bold.ttf');

function load(path) {
    const teams = [], last = list => list[list.length - 1];
    for (const line of fs.readFileSync(path, 'utf8').trimEnd().split('\n')) {
        const [kind, ...cells] = line.split('\t'), team = last(teams);
        if (kind === 'T') teams.push({ name: cells[0], period: cells[1], figures: [], charts: [], tables: [] });
        else if (kind === 'F') team.figures.push(cells);
        else if (kind === 'C') team.charts.push({ kind: cells[0], title: cells[1], labels: cells.slice(2), series: [] });
        else if (kind === 'S') last(team.charts).series.push({ name: cells[0], values: cells.slice(1).map(Number) });
        else if (kind === 'B') team.tables.push({ title: cells[0], heads: cells.slice(1), rows: [] });
        else last(team.tables).rows.push(cells);
    }
    return teams.slice(0, limit ? +limit : undefined);
}

function put(pdf, text, x, y, options) {
    pdf.text(text, x, y, { lineBreak: false, ...options });
}

function drawBars(pdf, chart, left, step, place) {
    chart.labels.forEach((_, i) => {
        let level = 0;
        chart.series.forEach((series, k) => {
            const value = series.values[i], top = place(level + value);
            pdf.rect(left + step * (i + .15), top, step * .7, place(level) - top).fill(COLOURS[k]);
            level += value;
        });
    });
}

function drawChart(pdf, chart, x, y) {
    const width = 510, height = 200, bottom = y + height - 24, left = x + 34;
    const sums = chart.labels.map((_, i) => chart.series.reduce((all, s) => all + s.values[i], 0));
    const most = Math.max(...(chart.kind === 'stack' ? sums : chart.series.flatMap(s => s.values)));
    const place = value => bottom - value * (height - 40) / most, step = (width - 34) / chart.labels.length;
    pdf.font('regular').fontSize(7);
    for (let tick = 0; tick < 6; tick++) {
        const at = place(most * tick / 5);
        pdf.moveTo(left, at).lineTo(x + width, at).lineWidth(.5).stroke('#ebebeb');
        put(pdf.fillColor('#000'), (most * tick / 5).toFixed(0), x, at - 4, { width: 30, align: 'right' });
    }
    chart.labels.forEach((label, i) => put(pdf, label, left + step * i, bottom + 4, { width: step, align: 'center' }));
    if (chart.kind !== 'line') drawBars(pdf, chart, left, step, place);
    else chart.series.forEach((series, k) => {
        series.values.forEach((value, i) => pdf[i ? 'lineTo' : 'moveTo'](left + step * (i + .5), place(value)));
        pdf.lineWidth(1.2).stroke(COLOURS[k]);
    });
    chart.series.forEach((series, k) => {
        pdf.rect(left + 80 * k, y, 7, 7).fill(COLOURS[k]);
        put(pdf.fillColor('#000'), series.name, left + 80 * k + 10, y);
    });
}

function drawTable(pdf, table) {
    const widths = [150, 90, 70, 60, 60, 45, 40];
    let y = 62;
    put(pdf.font('bold').fontSize(12), table.title, 40, 40);
    [table.heads, ...table.rows].forEach((row, r) => {
        let x = 40;
        pdf.fillColor('#000').font(r ? 'regular' : 'bold').fontSize(9);
        row.forEach((cell, i) => {
            put(pdf, cell, x, y, { width: widths[i] - 4, height: 12, align: r && /^[0-9]/.test(cell) ? 'right' : 'left' });
            x += widths[i];
        });
        y += 17;
        pdf.moveTo(40, y - 3).lineTo(555, y - 3).lineWidth(.5).stroke('#bfbfbf');
    });
}

function write(team) {
    const pdf = new PDFDocument({ size: 'A4', margin: 0, autoFirstPage: false, info: { Title: team.name } });
    const out = fs.createWriteStream(`${folder}/${team.name.replace(' ', '_')}.pdf`);
    let pages = 0;
    const page = () => {
        pdf.addPage();
        put(pdf.font('regular').fontSize(8).fillColor('#000'), String(++pages), 500, 805, { width: 55, align: 'right' });
    };
    pdf.pipe(out);
    pdf.registerFont('regular', regular);
    pdf.registerFont('bold', bold);
    page();
    put(pdf.font('bold').fontSize(18), `${team.name}, ${team.period}`, 40, 40);
    team.figures.forEach((figure, i) => {
        const x = 40 + i % 4 * 129, y = 75 + (i >> 2) * 60;
        pdf.rect(x, y, 122, 52).lineWidth(.5).stroke('#bfbfbf');
        figure.forEach((text, k) => put(pdf.fillColor('#000').font(k === 1 ? 'bold' : 'regular').fontSize(9), text, x + 6, y + 5 + 15 * k));
    });
    team.charts.forEach((chart, i) => {
        if (i === 2) page();
        const y = (i < 2 ? 210 : 40) + i % 2 * 270;
        put(pdf.font('bold').fontSize(12), chart.title, 40, y);
        drawChart(pdf, chart, 40, y + 20);
    });
    team.tables.forEach(table => { page(); drawTable(pdf, table); });
    pdf.end();
    return new Promise(done => out.on('finish', done));
}

(async () => {
    fs.mkdirSync(folder, { recursive: true });
    for (const team of load(data)) await write(team);
})();
