// The practical limit: plain C++ over compressed sparse rows of 32-bit ids, and the same rows
// renumbered in topological order ("frozen").
#pragma once
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

using i32 = int32_t;
using i64 = int64_t;
using u64 = uint64_t;

static u64 mix(u64 x) {
  x += 0x9e3779b97f4a7c15ull;
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ull;
  x = (x ^ x >> 27) * 0x94d049bb133111ebull;
  return x ^ x >> 31;
}
static u64 pair_hash(u64 a, u64 b) { return mix(mix(a) ^ b); }

struct Rows {
  std::vector<i32> off, adj;
  i32 n() const { return (i32)off.size() - 1; }
  const i32* begin(i32 v) const { return adj.data() + off[v]; }
  const i32* end(i32 v) const { return adj.data() + off[v + 1]; }
  size_t bytes() const { return 4 * (off.capacity() + adj.capacity()); }
};

struct Graph {
  Rows out, in;
  std::vector<i32> order, place;  // frozen: id -> key and key -> id
  size_t bytes() const { return out.bytes() + in.bytes() + 4 * (order.capacity() + place.capacity()); }
};

// The rows of edges given by a function from index to (row, value).
template <class F>
static Rows scatter(i32 n, i64 m, F edge) {
  Rows r;
  r.off.assign(n + 2, 0);
  for (i64 i = 0; i < m; i++) r.off[edge(i).first + 2]++;
  for (i32 v = 2; v < n + 2; v++) r.off[v] += r.off[v - 1];
  r.adj.resize(m);
  for (i64 i = 0; i < m; i++) {
    auto e = edge(i);
    r.adj[r.off[e.first + 1]++] = e.second;
  }
  r.off.pop_back();
  return r;
}

static Rows transpose(const Rows& a) {
  i32 n = a.n();
  Rows t;
  t.off.assign(n + 2, 0);
  for (i32 v : a.adj) t.off[v + 2]++;
  for (i32 v = 2; v < n + 2; v++) t.off[v] += t.off[v - 1];
  t.adj.resize(a.adj.size());
  for (i32 u = 0; u < n; u++)
    for (const i32* p = a.begin(u); p < a.end(u); p++) t.adj[t.off[*p + 1]++] = u;
  t.off.pop_back();
  return t;
}

static std::vector<i32> topological(const Rows& out) {
  i32 n = out.n(), tail = 0;
  std::vector<i32> deg(n, 0), order(n + 1);
  for (i32 v : out.adj) deg[v]++;
  for (i32 v = 0; v < n; v++) { order[tail] = v; tail += deg[v] == 0; }
  std::vector<i32> buf;
  for (i32 head = 0; head < tail;) {
    i32 end = std::min(head + 64, tail);
    buf.clear();
    for (; head < end; head++) buf.insert(buf.end(), out.begin(order[head]), out.end(order[head]));
    for (i32 v : buf) { order[tail] = v; tail += --deg[v] == 0; }
  }
  order.resize(tail);
  return order;
}

using Edges = std::vector<std::pair<i64, i64>>;

static Graph build(i32 n, const Edges& e) {
  Graph g;
  g.out = scatter(n, e.size(), [&](i64 i) { return std::pair<i32, i32>(e[i].first, e[i].second); });
  g.in = scatter(n, e.size(), [&](i64 i) { return std::pair<i32, i32>(e[i].second, e[i].first); });
  return g;
}

static Graph freeze(Rows raw) {
  i32 n = raw.n();
  Graph g;
  g.order = topological(raw);
  g.place.resize(n);
  for (i32 i = 0; i < n; i++) g.place[g.order[i]] = i;
  g.out.off.resize(n + 1);
  g.out.adj.resize(raw.adj.size());
  i32 p = 0;
  for (i32 i = 0; i < n; i++) {
    g.out.off[i] = p;
    for (const i32* q = raw.begin(g.order[i]); q < raw.end(g.order[i]); q++) g.out.adj[p++] = g.place[*q];
  }
  g.out.off[n] = p;
  g.in = transpose(g.out);
  return g;
}

static Graph build_frozen(i32 n, const Edges& e) {
  return freeze(scatter(n, e.size(), [&](i64 i) { return std::pair<i32, i32>(e[i].first, e[i].second); }));
}

// Keys that are strings, joined to ids in an open-addressing table.
static u64 read_up_to_8(const char* p, size_t n) {
  u64 x = 0;
  memcpy(&x, p, n);
  return x;
}
static u64 hash_text(std::string_view s) {
  u64 h = s.size();
  const char* p = s.data();
  size_t n = s.size();
  for (; n >= 8; p += 8, n -= 8) {
    u64 x;
    memcpy(&x, p, 8);
    unsigned __int128 m = (unsigned __int128)(x ^ 0xa0761d6478bd642full) * (h ^ 0xe7037ed1a0b428dbull);
    h = (u64)m ^ (u64)(m >> 64);
  }
  return mix(h ^ read_up_to_8(p, n));
}

struct Names {
  std::vector<u64> table;
  std::vector<std::string_view> keys;
  i32 find(std::string_view k, u64 hash) {
    if (2 * keys.size() >= table.size()) grow();
    u64 mask = table.size() - 1;
    u64 tag = hash >> 32;
    for (u64 p = tag & mask;; p = (p + 1) & mask) {
      u64 s = table[p];
      if (!s) {
        keys.push_back(k);
        table[p] = tag << 32 | keys.size();
        return (i32)keys.size() - 1;
      }
      if (s >> 32 == tag && keys[(uint32_t)s - 1] == k) return (i32)(uint32_t)s - 1;
    }
  }
  void grow() {
    std::vector<u64> old;
    old.swap(table);
    table.assign(std::max<size_t>(1 << 16, 2 * old.size()), 0);
    u64 mask = table.size() - 1;
    for (u64 s : old)
      if (s) {
        u64 p = (s >> 32) & mask;
        while (table[p]) p = (p + 1) & mask;
        table[p] = s;
      }
  }
  size_t bytes() const { return 8 * table.capacity() + 16 * keys.capacity(); }
};

using Texts = std::vector<std::pair<std::string, std::string>>;

static Graph build_named(const Texts& e, Names& names) {
  std::vector<i32> from(e.size()), to(e.size());
  constexpr size_t block = 16;
  u64 h[2 * block];
  for (size_t at = 0; at < e.size(); at += block) {
    size_t end = std::min(e.size(), at + block);
    for (size_t i = at; i < end; i++) {
      h[2 * (i - at)] = hash_text(e[i].first);
      h[2 * (i - at) + 1] = hash_text(e[i].second);
    }
    if (!names.table.empty())
      for (size_t i = 0; i < 2 * (end - at); i++) __builtin_prefetch(&names.table[(h[i] >> 32) & (names.table.size() - 1)]);
    for (size_t i = at; i < end; i++) {
      from[i] = names.find(e[i].first, h[2 * (i - at)]);
      to[i] = names.find(e[i].second, h[2 * (i - at) + 1]);
    }
  }
  return freeze(scatter(names.keys.size(), e.size(), [&](i64 i) { return std::pair<i32, i32>(from[i], to[i]); }));
}

// Everything that root reaches, as keys, root left out.
static std::vector<i64> reach_plain(const Graph& g, i32 root) {
  std::vector<u64> seen((g.out.n() + 63) / 64);
  std::vector<i32> queue{root};
  seen[root / 64] |= 1ull << root % 64;
  for (size_t h = 0; h < queue.size(); h++) {
    i32 u = queue[h];
    for (const i32* p = g.out.begin(u); p < g.out.end(u); p++)
      if (!(seen[*p / 64] >> *p % 64 & 1)) {
        seen[*p / 64] |= 1ull << *p % 64;
        queue.push_back(*p);
      }
  }
  return std::vector<i64>(queue.begin() + 1, queue.end());
}

static std::vector<i64> reach_frozen(const Graph& g, i32 key) {
  i32 n = g.out.n(), root = g.place[key];
  std::vector<u64> seen((n + 63) / 64);
  seen[root / 64] |= 1ull << root % 64;
  size_t count = 0;
  for (i32 w = root / 64; w < (i32)seen.size(); w++) {
    for (u64 x = seen[w]; x;) {
      int b = __builtin_ctzll(x);
      i32 v = w * 64 + b;
      for (const i32* p = g.out.begin(v); p < g.out.end(v); p++) seen[*p / 64] |= 1ull << *p % 64;
      x = seen[w] & ~((2ull << b) - 1);
    }
    count += __builtin_popcountll(seen[w]);
  }
  std::vector<i64> keys;
  keys.reserve(count);
  for (i32 w = root / 64; w < (i32)seen.size(); w++)
    for (u64 x = seen[w]; x; x &= x - 1) {
      i32 v = w * 64 + __builtin_ctzll(x);
      if (v != root) keys.push_back(g.order[v]);
    }
  return keys;
}

struct Times {
  std::vector<double> early, late;
};

static Times slack_plain(const Graph& g, const std::vector<double>& takes) {
  i32 n = g.out.n();
  std::vector<i32> order = topological(g.out);
  Times t{std::vector<double>(n, 0), std::vector<double>(n)};
  double length = 0;
  for (i32 u : order) {
    double end = t.early[u] + takes[u];
    length = std::max(length, end);
    for (const i32* p = g.out.begin(u); p < g.out.end(u); p++) t.early[*p] = std::max(t.early[*p], end);
  }
  for (i32 i = n - 1; i >= 0; i--) {
    i32 u = order[i];
    double end = length;
    for (const i32* p = g.out.begin(u); p < g.out.end(u); p++) end = std::min(end, t.late[*p]);
    t.late[u] = end - takes[u];
  }
  return t;
}

static Times slack_frozen(const Graph& g, const std::vector<double>& takes) {
  i32 n = g.out.n();
  Times t{std::vector<double>(n, 0), std::vector<double>(n)};
  double length = 0;
  for (i32 u = 0; u < n; u++) {
    double end = t.early[u] + takes[u];
    length = std::max(length, end);
    for (const i32* p = g.out.begin(u); p < g.out.end(u); p++) t.early[*p] = std::max(t.early[*p], end);
  }
  for (i32 u = n - 1; u >= 0; u--) {
    double end = length;
    for (const i32* p = g.out.begin(u); p < g.out.end(u); p++) end = std::min(end, t.late[*p]);
    t.late[u] = end - takes[u];
  }
  return t;
}

// Strong components and their members, in topological order: Pearce 2016, iteratively.
struct Parts {
  std::vector<i32> of, start, member;
};

static Parts components(const Rows& out) {
  i32 n = out.n(), number = 0, count = 0;
  std::vector<i32> low(n, 0), open;
  struct Frame { i32 node, slot, number; };
  std::vector<Frame> stack;
  for (i32 root = 0; root < n; root++) {
    if (low[root]) continue;
    low[root] = ++number;
    stack.push_back({root, out.off[root], number});
    while (!stack.empty()) {
      Frame& f = stack.back();
      i32 u = f.node, s = f.slot, end = out.off[u + 1], least = low[u];
      i32 below = -1;
      for (; s < end; s++) {
        i32 l = low[out.adj[s]];
        if (l == 0) { below = out.adj[s]; break; }
        if (l > 0 && l < least) least = l;
      }
      low[u] = least;
      if (below >= 0) {
        f.slot = s;
        low[below] = ++number;
        stack.push_back({below, out.off[below], number});
        continue;
      }
      if (least == f.number) {
        while (!open.empty() && low[open.back()] >= least) { low[open.back()] = ~count; open.pop_back(); }
        low[u] = ~count++;
      } else {
        open.push_back(u);
      }
      stack.pop_back();
    }
  }
  Parts p{std::move(low), std::vector<i32>(count + 2, 0), std::vector<i32>(n)};
  for (i32& c : p.of) { c = count - 1 - ~c; p.start[c + 2]++; }
  for (i32 i = 2; i < count + 2; i++) p.start[i] += p.start[i - 1];
  for (i32 v = 0; v < n; v++) p.member[p.start[p.of[v] + 1]++] = v;
  p.start.pop_back();
  return p;
}

// Immediate dominators from the sources of an acyclic graph, -1 for none.
template <class At>
static std::vector<i32> dominators(const Graph& g, At at) {
  i32 n = g.out.n();
  struct Point { i32 up, jump, depth; };
  std::vector<Point> tree(n + 1);
  tree[0] = {0, 0, 0};
  std::vector<i32> idom(n);
  for (i32 i = 0; i < n; i++) {
    i32 v = at(i), d = -1;
    for (const i32* p = g.in.begin(v); p < g.in.end(v); p++) {
      i32 b = *p + 1;
      if (d < 0 || d == b) { d = b; continue; }
      i32 a = d;
      if (tree[a].depth < tree[b].depth) std::swap(a, b);
      while (tree[a].depth > tree[b].depth) a = tree[tree[a].jump].depth >= tree[b].depth ? tree[a].jump : tree[a].up;
      while (a != b) {
        if (tree[a].jump != tree[b].jump) a = tree[a].jump, b = tree[b].jump;
        else a = tree[a].up, b = tree[b].up;
      }
      d = a;
    }
    if (d < 0) d = 0;
    idom[v] = d - 1;
    Point x{d, d, tree[d].depth + 1};
    i32 j = tree[d].jump;
    if (tree[d].depth - tree[j].depth == tree[j].depth - tree[tree[j].jump].depth) x.jump = tree[j].jump;
    tree[v + 1] = x;
  }
  return idom;
}

template <class F>
static void in_parallel(int threads, i64 count, F work) {
  std::atomic<i64> next{0};
  std::vector<std::thread> team;
  for (int t = 0; t < threads; t++)
    team.emplace_back([&] {
      for (;;) {
        i64 i = next++;
        if (i >= count) return;
        work(i);
      }
    });
  for (auto& t : team) t.join();
}

// The slots that the transitive reduction leaves out, in blocks of 512 columns.
static std::vector<uint8_t> redundant(const Graph& g, int threads) {
  i32 n = g.out.n();
  std::vector<uint8_t> mark(g.out.adj.size());
  struct Row { u64 w[8]; };
  in_parallel(threads, (n + 511) / 512, [&](i64 b) {
    static thread_local std::vector<Row> room;
    i32 start = b * 512, end = std::min(n, start + 512), low = end;
    for (i32 v = start; v < end; v++)
      for (const i32* p = g.in.begin(v); p < g.in.end(v); p++) low = std::min(low, *p);
    if (room.size() < (size_t)(end - low)) room.resize(end - low);
    Row* rows = room.data();
    for (i32 u = end - 1; u >= low; u--) {
      Row far{}, near{};
      bool touched = false;
      for (const i32* p = g.out.begin(u); p < g.out.end(u); p++) {
        if (*p >= end) continue;
        for (int w = 0; w < 8; w++) far.w[w] |= rows[*p - low].w[w];
        i32 c = *p - start;
        if (c >= 0) { near.w[c / 64] |= 1ull << c % 64; touched = true; }
      }
      if (touched) {
        for (i32 s = g.out.off[u]; s < g.out.off[u + 1]; s++) {
          i32 c = g.out.adj[s] - start;
          if (c >= 0 && c < 512 && (far.w[c / 64] >> c % 64 & 1)) mark[s] = 1;
        }
        for (int w = 0; w < 8; w++) far.w[w] |= near.w[w];
      }
      rows[u - low] = far;
    }
  });
  return mark;
}

static u64 bits(double x) {
  u64 b;
  memcpy(&b, &x, 8);
  return b;
}
static double real(u64 b) {
  double x;
  memcpy(&x, &b, 8);
  return x;
}
static u64 zero_mask(i32 x) { return ~(u64)((i64)(x | -x) >> 63); }

static std::vector<double> betweenness(const Graph& g, int threads) {
  i32 n = g.out.n();
  constexpr i64 chunks = 64;
  std::vector<std::vector<double>> sums(chunks);
  struct Node { double sigma, pass; i32 dist; };
  in_parallel(threads, chunks, [&](i64 c) {
    std::vector<double> sum(n, 0);
    std::vector<Node> node(n, Node{0, 0, 0});
    std::vector<i32> queue(n + 1);
    for (i32 s = n * c / chunks; s < n * (c + 1) / chunks; s++) {
      i32 tail = 1;
      queue[0] = s;
      node[s] = {1, 0, 1};
      for (i32 h = 0; h < tail; h++) {
        i32 u = queue[h], dist = node[u].dist + 1;
        u64 sigma = bits(node[u].sigma);
        for (const i32* p = g.out.begin(u); p < g.out.end(u); p++) {
          Node& x = node[*p];
          i32 d = x.dist;
          queue[tail] = *p;
          tail += d == 0;
          d = d == 0 ? dist : d;
          x.dist = d;
          x.sigma += real(sigma & zero_mask(d ^ dist));
        }
      }
      for (i32 i = tail - 1; i > 0; i--) {
        Node& x = node[queue[i]];
        double pass = 0;
        for (const i32* p = g.out.begin(queue[i]); p < g.out.end(queue[i]); p++) pass += real(bits(node[*p].pass) & zero_mask(node[*p].dist ^ (x.dist + 1)));
        sum[queue[i]] += x.sigma * pass;
        x.pass = (1 + x.sigma * pass) / x.sigma;
      }
      for (i32 i = 0; i < tail; i++) node[queue[i]] = {0, 0, 0};
    }
    sums[c] = std::move(sum);
  });
  std::vector<double> total(n, 0);
  for (auto& s : sums)
    for (i32 v = 0; v < n; v++) total[v] += s[v];
  return total;
}

// Pearce and Kelly's incremental order over base rows and lists of inserted edges.
struct PearceKelly {
  const Graph& g;
  std::vector<i32> place, head_out, head_in, next_out, next_in, from, to;
  std::vector<char> seen;
  std::vector<i32> ahead, behind, slots;
  explicit PearceKelly(const Graph& g) : g(g), place(g.out.n()), head_out(g.out.n(), -1), head_in(g.out.n(), -1), seen(g.out.n(), 0) {
    for (i32 v = 0; v < g.out.n(); v++) place[v] = v;
  }
  template <class F>
  bool each_out(i32 v, F f) {
    for (const i32* p = g.out.begin(v); p < g.out.end(v); p++)
      if (!f(*p)) return false;
    for (i32 e = head_out[v]; e >= 0; e = next_out[e])
      if (!f(to[e])) return false;
    return true;
  }
  bool insert(i32 u, i32 v) {
    if (u == v) return false;
    i32 low = place[v], high = place[u];
    if (low < high) {
      ahead.assign(1, v);
      seen[v] = 1;
      bool circle = false;
      for (size_t h = 0; h < ahead.size() && !circle; h++)
        each_out(ahead[h], [&](i32 w) {
          if (w == u) { circle = true; return false; }
          if (!seen[w] && place[w] < high) { seen[w] = 1; ahead.push_back(w); }
          return true;
        });
      if (circle) {
        for (i32 w : ahead) seen[w] = 0;
        return false;
      }
      behind.assign(1, u);
      seen[u] = 1;
      for (size_t h = 0; h < behind.size(); h++) {
        auto visit = [&](i32 w) {
          if (!seen[w] && place[w] > low) { seen[w] = 1; behind.push_back(w); }
        };
        for (const i32* p = g.in.begin(behind[h]); p < g.in.end(behind[h]); p++) visit(*p);
        for (i32 e = head_in[behind[h]]; e >= 0; e = next_in[e]) visit(from[e]);
      }
      auto by_place = [&](i32 a, i32 b) { return place[a] < place[b]; };
      std::sort(ahead.begin(), ahead.end(), by_place);
      std::sort(behind.begin(), behind.end(), by_place);
      slots.clear();
      for (i32 w : behind) slots.push_back(place[w]), seen[w] = 0;
      for (i32 w : ahead) slots.push_back(place[w]), seen[w] = 0;
      std::sort(slots.begin(), slots.end());
      size_t i = 0;
      for (i32 w : behind) place[w] = slots[i++];
      for (i32 w : ahead) place[w] = slots[i++];
    }
    i32 e = to.size();
    from.push_back(u), to.push_back(v);
    next_out.push_back(head_out[u]), head_out[u] = e;
    next_in.push_back(head_in[v]), head_in[v] = e;
    return true;
  }
};
