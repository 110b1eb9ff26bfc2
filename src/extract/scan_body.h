/* The bodies of all scan kernels; included by each scan_*.c behind its lanes_* and mask_*. */

SCAN_INLINE uint64_t
live_bits(uint32_t left)
{
    return left >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << left) - 1;
}

SCAN_INLINE uint64_t
line_ends(const struct lanes *lanes, char next)
{
    uint64_t lf = lanes_equal(lanes, '\n'), cr = lanes_equal(lanes, '\r');
    return lf | (cr & ~(lf >> 1 | (uint64_t)(next == '\n') << 63));
}

/* Quotes that are not where parity alone could be trusted. `inside` says for each byte whether it
 * stands inside quotes, an opening quote counting as inside, a closing one as outside. */
SCAN_INLINE uint64_t
ill_placed(const struct lanes *lanes, uint64_t quote, uint64_t inside, char before, char behind,
           char delimiter)
{
    uint64_t edge =
        lanes_equal(lanes, delimiter) | lanes_equal(lanes, '\n') | lanes_equal(lanes, '\r');
    uint64_t first = before == delimiter || before == '\n' || before == '\r' || before == '"';
    uint64_t last = behind == delimiter || behind == '\n' || behind == '\r' || behind == '"';
    uint64_t beside = edge | quote;
    uint64_t opening = quote & inside, closing = quote & ~inside;
    return (opening & ~(beside << 1 | first)) | (closing & ~(beside >> 1 | last << 63));
}

struct cutting {
    struct scan_cut *cut;
    uint64_t inside; /* all ones or none: the byte before the block is inside quotes */
    uint32_t end;    /* behind the last row end so far */
    uint64_t lines;  /* line ends up to the block */
    uint32_t inner;  /* of them inside quotes since `end` */
};

/* Cells of the plain row at [start, end). */
SCAN_INLINE uint32_t
count_cells(const struct scan_cut *cut, uint32_t start, uint32_t end)
{
    uint64_t inside = 0;
    uint32_t cells = 1;
    for (uint32_t at = start; at < end; at += 64) {
        struct lanes lanes = lanes_load(cut->bytes + at);
        uint64_t live = live_bits(end - at);
        uint64_t within = mask_prefix_xor(lanes_equal(&lanes, '"') & live) ^ inside;
        cells += mask_count(lanes_equal(&lanes, cut->delimiter) & live & ~within);
        inside = (uint64_t)((int64_t)within >> 63);
    }
    return cells;
}

/* A line behind the first of the row at [start, end) with as many delimiters as a row: it may be
 * one, between quotes that have lost their partners. */
SCAN_INLINE bool
may_hold_row(const struct scan_cut *cut, uint32_t start, uint32_t end)
{
    uint32_t delimiters = 0;
    bool first = true;
    for (uint32_t i = start; i < end && cut->columns > 2; i++) {
        if (cut->bytes[i] == '\n' || cut->bytes[i] == '\r') {
            first = false;
            delimiters = 0;
        } else if (cut->bytes[i] == cut->delimiter && ++delimiters >= cut->columns - 1 && !first) {
            return true;
        }
    }
    return false;
}

/* A block where a row may end that has line ends inside its quotes: such a row must have the right
 * number of cells and not too many lines. False where care is needed. */
SCAN_INLINE bool
cut_broken(struct cutting *state, uint32_t at, uint64_t ends, uint64_t inner)
{
    for (; ends; ends &= ends - 1) {
        uint64_t upto = ends ^ (ends - 1); /* all bits up to and with the end */
        uint32_t end = at + (uint32_t)__builtin_ctzll(ends);
        state->inner += mask_count(inner & upto);
        if (state->inner > SCAN_LINES_MOST ||
            (state->inner && (count_cells(state->cut, state->end, end) != state->cut->columns ||
                              may_hold_row(state->cut, state->end, end))))
            return false;
        state->end = end + 1;
        state->inner = 0;
        inner &= ~upto;
    }
    state->inner += mask_count(inner);
    return state->inner <= SCAN_LINES_MOST;
}

/* A block with quotes, or inside them. False where care is needed. */
SCAN_INLINE bool
cut_quoted(struct cutting *state, const struct lanes *lanes, uint32_t at, uint64_t quote,
           uint64_t line)
{
    const struct scan_cut *cut = state->cut;
    uint64_t inside = mask_prefix_xor(quote) ^ state->inside;
    char before = at > cut->from ? cut->bytes[at - 1] : '\n';
    uint64_t ill = ill_placed(lanes, quote, inside, before, cut->bytes[at + 64], cut->delimiter);
    uint64_t trusted = ill ? (ill & -ill) - 1 : ~UINT64_C(0);
    uint64_t ends = line & ~inside & trusted, inner = line & inside & trusted;
    if (__builtin_expect((inner | state->inner) != 0, 0)) {
        if (!cut_broken(state, at, ends, inner))
            return false;
    } else if (ends) {
        state->end = at + 64 - (uint32_t)__builtin_clzll(ends);
    }
    state->inside = (uint64_t)((int64_t)inside >> 63);
    return !ill;
}

SCAN_TARGET static void
cut(struct scan_cut *cut)
{
    struct cutting state = {.cut = cut, .end = cut->from};
    const char *bytes = cut->bytes;
    uint32_t length = cut->length, at = cut->from;
    cut->care = false;
    for (; at < length; at += 64) {
        struct lanes lanes = lanes_load(bytes + at);
        uint64_t live = live_bits(length - at), quote = lanes_equal(&lanes, '"') & live;
        uint64_t line = line_ends(&lanes, bytes[at + 64]) & live;
        if (__builtin_expect((quote | state.inside) == 0, 1)) {
            if (__builtin_expect(state.inner != 0, 0))
                cut->care = !cut_broken(&state, at, line, 0);
            else
                state.end = line ? at + 64 - (uint32_t)__builtin_clzll(line) : state.end;
        } else if (!cut_quoted(&state, &lanes, at, quote, line)) {
            cut->care = true;
        }
        state.lines += mask_count(line);
        if (cut->care || at + 64 - state.end > SCAN_ROW_MOST) {
            cut->care = true;
            break;
        }
    }
    /* Lines were counted by whole blocks: take back those behind the last row end. */
    uint32_t counted = at + 64 < length ? at + 64 : length;
    for (uint32_t i = state.end; i < counted; i++)
        state.lines -= bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n');
    cut->end = state.end;
    cut->lines = state.lines;
}

#ifndef SCAN_FLATTENS
/* The next four set bits; any numbers where there are fewer. */
SCAN_INLINE uint64_t
put_four(uint32_t *out, uint32_t at, uint64_t bits)
{
    out[0] = at + mask_first(bits);
    bits &= bits - 1;
    out[1] = at + mask_first(bits);
    bits &= bits - 1;
    out[2] = at + mask_first(bits);
    bits &= bits - 1;
    out[3] = at + mask_first(bits);
    return bits & (bits - 1);
}

/* Writes the places of all set bits, eight at a time: asking after each costs more. */
SCAN_INLINE uint32_t *
flatten(uint32_t *out, uint32_t at, uint64_t bits)
{
    uint32_t *end = out + mask_count(bits);
    do {
        bits = put_four(out, at, bits);
        bits = put_four(out + 4, at, bits);
        out += 8;
    } while (__builtin_expect(out < end, 0));
    return end;
}
#endif

struct splitting {
    struct scan_split *split;
    uint32_t *separator;
    uint64_t inside;
    uint32_t lines;
    bool escapes;
};

SCAN_INLINE void
split_block(struct splitting *state, const struct lanes *lanes, uint32_t at, uint64_t live,
            uint64_t quote)
{
    struct scan_split *split = state->split;
    uint64_t line = line_ends(lanes, split->bytes[at + 64]) & live, inside = 0;
    if (__builtin_expect((quote | state->inside) != 0, 0)) {
        inside = mask_prefix_xor(quote) ^ state->inside;
        state->inside = (uint64_t)((int64_t)inside >> 63);
        uint64_t closing = quote & ~inside, next = split->bytes[at + 64] == '"';
        state->escapes |= (closing & (quote >> 1 | next << 63)) != 0;
    }
    uint64_t ends = line & ~inside;
    uint64_t separators = (lanes_equal(lanes, split->delimiter) & live & ~inside) | ends;
    uint32_t before = (uint32_t)(state->separator - split->separator);
    state->separator = flatten(state->separator, at, separators);
    do { /* once without asking: whether a row ends here cannot be predicted */
        uint64_t below = ends ^ (ends - 1);
        split->row_end[split->rows] = before + mask_count(separators & below) - 1;
        split->row_line[split->rows + 1] = state->lines + mask_count(line & below);
        split->rows += ends != 0;
        ends &= ends - 1;
    } while (__builtin_expect(ends != 0, 0));
    state->lines += mask_count(line);
}

SCAN_TARGET static void
split(struct scan_split *split)
{
    struct splitting state = {.split = split, .separator = split->separator};
    uint64_t quotes = 0, nuls = 0;
    split->rows = 0;
    split->row_line[0] = 0;
    for (uint32_t at = split->from; at < split->length; at += 64) {
        struct lanes lanes = lanes_load(split->bytes + at);
        uint64_t live = live_bits(split->length - at), quote = lanes_equal(&lanes, '"') & live;
        quotes |= quote;
        nuls |= lanes_equal(&lanes, '\0') & live;
        split_block(&state, &lanes, at, live, quote);
    }
    split->quotes = quotes != 0;
    split->nul = nuls != 0;
    split->escapes = state.escapes;
}

SCAN_TARGET static size_t
ascii(const char *bytes, size_t length)
{
    size_t at = 0;
    for (; at + 64 <= length; at += 64) {
        struct lanes lanes = lanes_load(bytes + at);
        if (lanes_high(&lanes))
            break;
    }
    while (at < length && (unsigned char)bytes[at] < 128)
        at++;
    return at;
}
