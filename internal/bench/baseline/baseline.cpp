// Times the algorithms of baseline.hpp. Compiled and run by the command in this folder.
//
//   baseline <input> <reps> <threads> <what>...
//
// The input is what workload.go writes. Each line of output is one measurement:
//   <operation> <variant> <median milliseconds> <least> <digest> <bytes held>
#include <time.h>

#include <optional>

#include "baseline.hpp"

static FILE* input;
template <class T>
static T get() {
  T x;
  if (fread(&x, sizeof x, 1, input) != 1) exit(2);
  return x;
}

static int reps;
static bool processor_time;

// Milliseconds on the clock that is measured by.
static double now() {
  if (!processor_time) return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
  timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void report(const char* op, const char* variant, size_t bytes) {
  printf("%s %s 0 0 0 %zu\n", op, variant, bytes);
}

// measure times f and digests what it returned last. Fast operations run many times for one
// sample, slow ones give fewer samples.
template <class F, class D>
static void measure(const char* op, const char* variant, F f, D digest, size_t bytes = 0) {
  std::vector<double> ms;
  double spent = 0;
  int repeat = 1;
  std::optional<decltype(f())> result;
  for (int r = 0; r < reps && spent < 20000; r++) {
    result.reset();
    double t0 = now();
    for (int i = 1; i < repeat; i++) f();
    result.emplace(f());
    double took = now() - t0;
    spent += took;
    if (r == 0 && repeat == 1 && took < 2) {  // take that as a first look only
      repeat = std::min(10000, (int)(2 / (took + 1e-6)) + 1);
      r = -1;
      continue;
    }
    ms.push_back(took / repeat);
  }
  std::sort(ms.begin(), ms.end());
  printf("%s %s %.6f %.6f %llx %zu\n", op, variant, ms[ms.size() / 2], ms[0], (unsigned long long)digest(*result), bytes);
  fflush(stdout);
}

int main(int argc, char** argv) {
  if (argc < 5) return 2;
  input = fopen(argv[1], "rb");
  if (!input) return 2;
  reps = atoi(argv[2]);
  int threads = atoi(argv[3]);
  auto wants = [&](std::string_view what) { return std::any_of(argv + 4, argv + argc, [&](char* a) { return what == a; }); };
  processor_time = wants("processor-time");
  if (wants("named")) {
    i64 m = get<i64>();
    Texts e(m);
    auto text = [&] {
      std::string s(get<uint32_t>(), 0);
      if (fread(s.data(), 1, s.size(), input) != s.size()) exit(2);
      return s;
    };
    for (auto& x : e) x.first = text(), x.second = text();
    size_t bytes = 0;
    measure("build-string", "frozen", [&] { Names names; Graph g = build_named(e, names); bytes = g.bytes() + names.bytes() - 4 * g.order.capacity() - 4 * g.place.capacity(); return std::make_pair(std::move(g), std::move(names)); },
            [&](auto& r) { return pair_hash(r.first.out.n(), r.first.out.adj.size()); });
    report("memory-string", "frozen", bytes);
    return 0;
  }
  i32 n = get<i64>();
  Edges e(get<i64>());
  for (auto& x : e) x.first = get<i64>(), x.second = get<i64>();
  std::vector<double> takes(n);
  for (auto& x : takes) x = get<i64>();
  i32 root = get<i64>();
  Edges more(get<i64>());
  for (auto& x : more) x.first = get<i64>(), x.second = get<i64>();

  auto sizes = [&](Graph& g) { return pair_hash(g.out.n(), g.out.adj.size()); };
  if (wants("build")) {
    measure("build", "plain", [&] { return build(n, e); }, sizes);
    measure("build", "frozen", [&] { return build_frozen(n, e); }, sizes);
  }
  Graph plain = build(n, e);
  report("memory", "plain", plain.bytes());
  if (wants("components")) {
    measure("components", "plain", [&] { return components(plain.out); }, [&](Parts& p) {
      std::vector<i32> first(p.start.size(), n);
      u64 d = 0;
      for (i32 v = n - 1; v >= 0; v--) first[p.of[v]] = v;
      for (i32 v = 0; v < n; v++) d += pair_hash(v, first[p.of[v]]);
      return d;
    });
    return 0;
  }
  Graph frozen = build_frozen(n, e);
  report("memory", "frozen", frozen.bytes());
  auto keys_hash = [&](std::vector<i64>& keys) {
    u64 d = keys.size();
    for (i64 k : keys) d += mix(k);
    return d;
  };
  auto valid = [&](std::vector<i64>& order) {
    std::vector<i32> at(n);
    for (i32 i = 0; i < (i32)order.size(); i++) at[order[i]] = i;
    for (auto& x : e)
      if (at[x.first] >= at[x.second]) return (u64)0;
    return (u64)order.size();
  };
  if (wants("order")) {
    measure("order", "plain", [&] { auto o = topological(plain.out); return std::vector<i64>(o.begin(), o.end()); }, valid);
    measure("order", "frozen", [&] { return std::vector<i64>(frozen.order.begin(), frozen.order.end()); }, valid);
  }
  if (wants("reach")) {
    measure("reach", "plain", [&] { return reach_plain(plain, root); }, keys_hash);
    measure("reach", "frozen", [&] { return reach_frozen(frozen, root); }, keys_hash);
  }
  std::vector<double> placed(n);
  for (i32 v = 0; v < n; v++) placed[frozen.place[v]] = takes[v];
  auto times_hash = [&](Times& t, auto key) {
    u64 d = 0;
    for (i32 v = 0; v < n; v++) d += pair_hash(key(v), (u64)t.early[v] << 32 | (u64)t.late[v]);
    return d;
  };
  if (wants("slack")) {
    measure("slack", "plain", [&] { return slack_plain(plain, takes); }, [&](Times& t) { return times_hash(t, [](i32 v) { return v; }); });
    measure("slack", "frozen", [&] { return slack_frozen(frozen, placed); }, [&](Times& t) { return times_hash(t, [&](i32 v) { return frozen.order[v]; }); });
  }
  if (wants("dominators")) {
    measure("dominators", "plain", [&] { auto o = topological(plain.out); return dominators(plain, [&](i32 i) { return o[i]; }); }, [&](std::vector<i32>& d) {
      u64 h = 0;
      for (i32 v = 0; v < n; v++) h += pair_hash(v, (u64)(i64)d[v]);
      return h;
    });
    measure("dominators", "frozen", [&] { return dominators(frozen, [](i32 i) { return i; }); }, [&](std::vector<i32>& d) {
      u64 h = 0;
      for (i32 v = 0; v < n; v++) h += pair_hash(frozen.order[v], (u64)(i64)(d[v] < 0 ? -1 : frozen.order[d[v]]));
      return h;
    });
  }
  if (wants("reduce"))
    measure("reduce", "frozen", [&] { return redundant(frozen, threads); }, [&](std::vector<uint8_t>& mark) {
      u64 h = 0;
      for (i32 u = 0; u < n; u++)
        for (i32 s = frozen.out.off[u]; s < frozen.out.off[u + 1]; s++)
          if (!mark[s]) h += pair_hash(frozen.order[u], frozen.order[frozen.out.adj[s]]);
      return h;
    });
  if (wants("betweenness"))
    measure("betweenness", "frozen", [&] { return betweenness(frozen, threads); }, [&](std::vector<double>& b) {
      u64 h = 0;
      for (i32 v = 0; v < n; v++) h += pair_hash(frozen.order[v], (u64)(b[v] * 1000 + 0.29));
      return h;
    });
  if (wants("insert")) {  // at most 20 seconds; unfinished inserts give no digest
    PearceKelly pk(frozen);
    u64 digest = 0;
    size_t done = 0;
    double took = 0;
    double t0 = now();
    for (auto& x : more) {
      digest += pair_hash(done++, pk.insert(frozen.place[x.first], frozen.place[x.second]));
      if (done % 64 == 0 || done == more.size()) {
        took = now() - t0;
        if (took > 20000) break;
      }
    }
    if (done < more.size()) digest = 0;
    printf("insert frozen %.6f %.6f %llx 0\n", took / done, took / done, (unsigned long long)digest);
  }
}
