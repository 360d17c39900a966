// Two annotators compared as `kochu agree` does it (kochu/agreement/compare.py, where the
// reasons stand): spans are paired one to one, as many as can be, and share what they can.
window.kochuCompare = (() => {
  const key = (mark, typed) => [mark.address, mark.start, mark.end, typed ? mark.type : ""].join("|");

  function share(a, b) {
    const common = Math.min(a.end, b.end) - Math.max(a.start, b.start);
    return common > 0 ? common / (Math.max(a.end, b.end) - Math.min(a.start, b.start)) : 0;
  }

  // What a pair adds to the sum to be made greatest: that it is one, then what it shares,
  // then in what it agrees. Halves go to the even number, as Python rounds them.
  const STEPS = 10000;
  const round = (x) => (x % 1 === 0.5 && Math.floor(x) % 2 === 0 ? Math.floor(x) : Math.round(x));
  function worth(a, b, base) {
    const shared = share(a, b);
    if (!shared) return 0;
    const same = [a.type === b.type, a.type.split("/")[0] === b.type.split("/")[0], a.severity === b.severity];
    return same.reduce((sum, agrees) => sum * base + agrees, base * STEPS + round(shared * STEPS));
  }

  // The Hungarian method with potentials: for each row the column it is given, or -1.
  function assign(gains) {
    const flip = gains.length > gains[0].length;
    const rows = flip ? gains[0].map((_, j) => gains.map((row) => row[j])) : gains;
    const n = rows.length;
    const m = rows[0].length;
    const u = Array(n + 1).fill(0);
    const v = Array(m + 1).fill(0);
    const owner = Array(m + 1).fill(0);
    const way = Array(m + 1).fill(0);
    for (let i = 1; i <= n; i++) {
      owner[0] = i;
      let j0 = 0;
      const least = Array(m + 1).fill(Infinity);
      const used = Array(m + 1).fill(false);
      do {
        used[j0] = true;
        const i0 = owner[j0];
        let delta = Infinity;
        let j1 = 0;
        for (let j = 1; j <= m; j++) {
          if (used[j]) continue;
          const cost = -rows[i0 - 1][j - 1] - u[i0] - v[j];
          if (cost < least[j]) [least[j], way[j]] = [cost, j0];
          if (least[j] < delta) [delta, j1] = [least[j], j];
        }
        for (let j = 0; j <= m; j++) {
          if (used[j]) { u[owner[j]] += delta; v[j] -= delta; } else least[j] -= delta;
        }
        j0 = j1;
      } while (owner[j0]);
      for (; j0; j0 = way[j0]) owner[j0] = owner[way[j0]];
    }
    const found = Array(gains.length).fill(-1);
    for (let j = 1; j <= m; j++) {
      if (owner[j]) found[flip ? j - 1 : owner[j] - 1] = flip ? owner[j] - 1 : j - 1;
    }
    return found;
  }

  function pair(first, second) {
    const pairs = [];
    for (const address of new Set(first.map((mark) => mark.address))) {
      const left = first.filter((mark) => mark.address === address);
      const right = second.filter((mark) => mark.address === address);
      if (!right.length) continue;
      const base = Math.min(left.length, right.length) + 1;
      const gains = left.map((a) => right.map((b) => worth(a, b, base)));
      assign(gains).forEach((j, i) => { if (j >= 0 && gains[i][j] > 0) pairs.push([left[i], right[j]]); });
    }
    return pairs;
  }

  // How many marks stand in both lists, each counted once.
  function same(first, second, typed) {
    const left = new Map();
    for (const mark of first) left.set(key(mark, typed), (left.get(key(mark, typed)) || 0) + 1);
    let count = 0;
    for (const mark of second) {
      const rest = left.get(key(mark, typed)) || 0;
      if (rest) { count++; left.set(key(mark, typed), rest - 1); }
    }
    return count;
  }

  const found = (name, matched, first, second) => ({
    name, matched,
    precision: second ? matched / second : 0,
    recall: first ? matched / first : 0,
    f1: first + second ? (2 * matched) / (first + second) : 0,
  });

  // `first` are the editors', against whom recall and precision are told.
  function compare(first, second) {
    const pairs = pair(first, second);
    const [left, right] = [new Set(pairs.map((p) => p[0])), new Set(pairs.map((p) => p[1]))];
    const sizes = [first.length, second.length];
    return {
      pairs,
      missed: first.filter((mark) => !left.has(mark)),
      extra: second.filter((mark) => !right.has(mark)),
      rows: [
        found("same borders", same(first, second, false), ...sizes),
        found("same borders and type", same(first, second, true), ...sizes),
        found("overlapping", pairs.length, ...sizes),
      ],
      dimension: pairs.filter(([a, b]) => a.type.split("/")[0] === b.type.split("/")[0]).length,
      type: pairs.filter(([a, b]) => a.type === b.type).length,
      severity: pairs.filter(([a, b]) => a.severity === b.severity).length,
    };
  }

  return { compare, overlaps: (a, b) => a.address === b.address && share(a, b) > 0 };
})();
