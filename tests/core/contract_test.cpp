// For every clause of the contract an operator that breaks this one, and what is said about it.
#include "skein/contract.hpp"

#include <doctest/doctest.h>
#include <tbb/task_arena.h>

#include <array>
#include <atomic>
#include <cfenv>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "contract/parameter_values.hpp"
#include "skein/operator.hpp"
#include "tests/core/support/run_checks.hpp"

namespace skein {
namespace {

std::string findings(const OperatorTable& table, const ContractInput& input = {}) {
  Diagnostics diagnostics;
  check_contract(table, input, diagnostics);
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics.items()) text += to_text(diagnostic) + "\n";
  return text;
}

/// target <- what `Formula` says of a row.
template <class Formula>
struct Written {
  static constexpr std::string_view name = Formula::name;
  static constexpr std::string_view summary = "writes one number per row";
  struct Ports {
    In<double> value;
    Out<double> target;
  };
  static constexpr auto ports = std::tuple{in("value", &Ports::value, "real[n,d]", "numbers"),
                                           out("target", &Ports::target, "real[n]", "what is written")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      io.target.value(row) = Formula::of(io.value, row, context.rows());
    }
  }
};

struct Faultless {
  static constexpr std::string_view name = "faultless";
  static double of(const In<double>& value, std::size_t row, Rows) { return value(row, 0); }
};

TEST_CASE("an operator that keeps the contract has no findings") {
  CHECK(findings(operator_table<Written<Faultless>>()).empty());
}

struct Undocumented {
  static constexpr std::string_view name = "undocumented";
  static constexpr std::string_view summary = "Does something.";
  static constexpr std::uint32_t revision = 0;
  static constexpr std::array streams = {StreamSpec{"noise", ""}};
  struct Parameters {
    bool flag = false;
  };
  static constexpr auto parameters = std::tuple{parameter("flag", &Parameters::flag, "true", "")};
  struct Ports {
    Out<double> target;
  };
  static constexpr auto ports = std::tuple{out("target", &Ports::target, "real[n]", "")};
  static void run(const Ports& io, const Parameters&, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) io.target.value(row) = 1;
  }
};

TEST_CASE("contract-broken: what is not documented") {
  CHECK(findings(operator_table<Undocumented>()) ==
        "error: The summary of operator 'undocumented' is not a phrase. [contract-broken]\n"
        "  path: undocumented\n"
        "  expected: a phrase of three characters at least, without a full stop at its end\n"
        "  found: \"Does something.\"\n"
        "error: Revisions of operators are counted from 1; operator 'undocumented' has 0. [contract-broken]\n"
        "  path: undocumented/revision\n"
        "error: The summary of port 'target' of operator 'undocumented' is not a phrase. [contract-broken]\n"
        "  path: undocumented/target\n"
        "  expected: a phrase of three characters at least, without a full stop at its end\n"
        "  found: nothing\n"
        "error: The summary of parameter 'flag' of operator 'undocumented' is not a phrase. [contract-broken]\n"
        "  path: undocumented/parameters/flag\n"
        "  expected: a phrase of three characters at least, without a full stop at its end\n"
        "  found: nothing\n"
        "error: The summary of stream 'noise' of operator 'undocumented' is not a phrase. [contract-broken]\n"
        "  path: undocumented/streams/noise\n"
        "  expected: a phrase of three characters at least, without a full stop at its end\n"
        "  found: nothing\n");
}

struct Meddling {
  static constexpr std::string_view name = "meddling";
  static double of(const In<double>& value, std::size_t row, Rows) {
    const_cast<double&>(value(row, 0)) = 0.5;
    return 1;
  }
};

TEST_CASE("contract-broken: an in-port that is written") {
  CHECK(findings(operator_table<Written<Meddling>>()) ==
        "error: Operator 'meddling' changes its in-port 'value' (1 row and dimension 1), first at row 0, number 0. "
        "[contract-broken]\n"
        "  path: meddling/value\n"
        "  expected: 3.848568380798863, as before\n"
        "  found: 0.5\n");
}

/// Leaves another direction of rounding behind.
struct RoundsUp {
  static constexpr std::string_view name = "rounds_up";
  static double of(const In<double>&, std::size_t, Rows) { return std::fesetround(FE_UPWARD); }
};

struct RoundsUpAtTheHosts : Written<RoundsUp> {
  static constexpr bool host_arithmetic = true;
};

/// Only what stands for its function for rows does so.
struct RoundsUpInChains {
  static constexpr std::string_view name = "rounds_up_in_chains";
  static constexpr std::string_view summary = "writes zeros";
  struct Ports {
    Out<double> target;
  };
  static constexpr auto ports = std::tuple{out("target", &Ports::target, "real[n]", "zeros")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) io.target.value(row) = 0;
  }
  static ElementKernel element_kernel() noexcept {
    return [](const void*, const ElementPort* ports, std::size_t first, std::size_t count) {
      for (std::size_t i = first; i < first + count; ++i) *ports[0].at<double>(i) = std::fesetround(FE_UPWARD);
    };
  }
};

struct RoundsUpAtItsEnd {
  static constexpr std::string_view name = "rounds_up_at_its_end";
  static constexpr std::string_view summary = "counts rows";
  struct Ports {
    In<double> value;
    Out<double> rows;
  };
  static constexpr auto ports =
      std::tuple{in("value", &Ports::value, "real[n]", "numbers"), out("rows", &Ports::rows, "real", "how many")};
  struct Partial {
    std::size_t rows = 0;
  };
  static void map(const Ports&, RowContext& context, Partial& partial) noexcept {
    partial.rows = context.rows().count();
  }
  static void combine(Partial& into, const Partial& later) noexcept { into.rows += later.rows; }
  static void finish(const Ports& io, const Partial* total) noexcept {
    std::fesetround(FE_UPWARD);
    io.rows.value() = total == nullptr ? 0 : static_cast<double>(total->rows);
  }
};

struct ThrowsWhileItRoundsUp {
  static constexpr std::string_view name = "throws_while_it_rounds_up";
  static constexpr std::string_view summary = "ends early";
  struct Ports {
    Out<double> value;
  };
  static constexpr auto ports = std::tuple{out("value", &Ports::value, "real", "nothing")};
  static void run(const Ports&, StepContext&) {
    std::fesetround(FE_UPWARD);
    throw std::runtime_error("too early");
  }
};

std::string rounding(std::string_view name, std::string_view where) {
  return "error: Operator '" + std::string(name) + "' changes how floating-point numbers are computed (" +
         std::string(where) + "). [contract-broken]\n  path: " + std::string(name) +
         "\n  expected: rounding, masked exceptions and the treatment of denormal numbers as it found them\n";
}

TEST_CASE("contract-broken: another direction of rounding, which is put back") {
  const std::string alone = "1 row and dimension 1; 1 thread, tiles of 1 row";
  CHECK(findings(operator_table<Written<RoundsUp>>()) == rounding("rounds_up", alone));
  CHECK(findings(operator_table<RoundsUpAtTheHosts>()) == rounding("rounds_up", alone));
  CHECK(findings(operator_table<RoundsUpInChains>()) ==
        rounding("rounds_up_in_chains", "1 row and dimension 1; 1 thread, tiles of 3 rows, in a pipeline"));
  CHECK(findings(operator_table<RoundsUpAtItsEnd>()) == rounding("rounds_up_at_its_end", alone));
  CHECK(findings(operator_table<ThrowsWhileItRoundsUp>())
            .starts_with(rounding("throws_while_it_rounds_up", alone) + "error: "));
  CHECK(std::fegetround() == FE_TONEAREST);
}

struct CountsRows {
  static constexpr std::string_view name = "counts_rows";
  static double of(const In<double>&, std::size_t, Rows rows) { return static_cast<double>(rows.count()); }
};

TEST_CASE("contract-broken: a result that depends on the size of tiles") {
  CHECK(findings(operator_table<Written<CountsRows>>()) ==
        "error: Operator 'counts_rows' gives port 'target' other content in tiles of 3 rows than in tiles of 1 row (2 "
        "rows and dimension 1; 1 thread, tiles of 3 rows), first at row 0, number 0. [contract-broken]\n"
        "  path: counts_rows/target\n"
        "  expected: 1.0\n"
        "  found: 2.0\n");
}

struct CountsThreads {
  static constexpr std::string_view name = "counts_threads";
  static double of(const In<double>&, std::size_t, Rows) { return tbb::this_task_arena::max_concurrency(); }
};

TEST_CASE("contract-broken: a result that depends on the number of threads") {
  test::allow_threads();
  CHECK(findings(operator_table<Written<CountsThreads>>()) ==
        "error: Operator 'counts_threads' gives port 'target' other content with 2 threads than with 1 thread (1 row "
        "and dimension 1; 2 threads, tiles of 1 row), first at row 0, number 0. [contract-broken]\n"
        "  path: counts_threads/target\n"
        "  expected: 1.0\n"
        "  found: 2.0\n");
}

struct CountsCalls {
  static constexpr std::string_view name = "counts_calls";
  static inline std::atomic<int> calls = 0;
  static double of(const In<double>&, std::size_t, Rows) { return ++calls; }
};

TEST_CASE("contract-broken: a result that depends on what was before") {
  CountsCalls::calls = 0;
  CHECK(findings(operator_table<Written<CountsCalls>>()) ==
        "error: Operator 'counts_calls' gives port 'target' other content when it runs a second time (1 row and "
        "dimension 1; 1 thread, tiles of 1 row), first at row 0, number 0. [contract-broken]\n"
        "  path: counts_calls/target\n"
        "  expected: 1.0\n"
        "  found: 2.0\n");
}

/// Its kernel computes something else than its function for rows.
struct TwoFaced {
  static constexpr std::string_view name = "two_faced";
  static constexpr std::string_view summary = "copies numbers, or does not";
  struct Ports {
    In<double> value;
    Out<double> target;
  };
  static constexpr auto ports = std::tuple{in("value", &Ports::value, "real[n]", "numbers"),
                                           out("target", &Ports::target, "real[n]", "numbers again")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      io.target.value(row) = io.value.value(row);
    }
  }
  static ElementKernel element_kernel() noexcept {
    return [](const void*, const ElementPort* ports, std::size_t first, std::size_t count) {
      for (std::size_t i = first; i < first + count; ++i) *ports[1].at<double>(i) = 7;
    };
  }
};

TEST_CASE("contract-broken: a result that depends on pipelines") {
  CHECK(findings(operator_table<TwoFaced>()) ==
        "error: Operator 'two_faced' gives port 'target' other content in a pipeline than alone (1 row and dimension "
        "1; 1 thread, tiles of 3 rows, in a pipeline), first at row 0, number 0. [contract-broken]\n"
        "  path: two_faced/target\n"
        "  expected: 3.848568380798863\n"
        "  found: 7.0\n");
}

struct Root {
  static constexpr std::string_view name = "root";
  static double of(const In<double>& value, std::size_t row, Rows) { return std::sqrt(value(row, 0)); }
};

/// The same, but it says for which numbers it is meant.
struct DeclaredRoot : Written<Root> {
  static constexpr auto ports = std::tuple{in("value", &Ports::value, "real[n,d]", "numbers").minimum(0),
                                           out("target", &Ports::target, "real[n]", "what is written")};
};

TEST_CASE("contract-broken: NaN, unless a port says for which numbers it is meant") {
  CHECK(findings(operator_table<Written<Root>>()) ==
        "error: Operator 'root' makes NaN of the numbers that its ports are meant for, in port 'target' (2 rows and "
        "dimension 1), first at row 0, number 0. [contract-broken]\n"
        "  path: root/target\n"
        "  expected: a number; ports can say for which numbers they are meant\n"
        "  found: NaN\n");
  CHECK(findings(operator_table<DeclaredRoot>()).empty());
  ContractInput input;
  input.domains["value"] = {1, 2};
  CHECK(findings(operator_table<Written<Root>>(), input).empty());
}

/// Reads the ends of a domain back from a table made for it.
struct WithinDomain {
  static constexpr std::string_view name = "within_domain";
  static double of(const In<double>& value, std::size_t row, Rows) {
    for (std::size_t i = 0; i < value.width(); ++i) {
      if (!(value(row, i) > 2 && value(row, i) <= 3)) return std::nan("");
    }
    return 0;
  }
};

TEST_CASE("numbers come from the declared domain") {
  std::vector<PortSpec> ports;
  for (const PortSpec& port : operator_table<Written<WithinDomain>>().ports) ports.push_back(port);
  OperatorTable table = operator_table<Written<WithinDomain>>();
  table.ports = ports;
  ports[0].minimum = 2;
  ports[0].exclusive_minimum = true;
  ports[0].maximum = 3;
  CHECK(findings(table).empty());
  ports[0].exclusive_minimum = false;
  CHECK_FALSE(findings(table).empty());
  ports[0].minimum = 2.5;
  CHECK(findings(table).empty());
  ports[0].maximum = 3.1;
  CHECK_FALSE(findings(table).empty());
}

TEST_CASE("numbers of a cell come from their domains, both ends among them") {
  const OperatorTable& table = operator_table<Written<WithinDomain>>();  // NaN but for 2 < value <= 3
  const auto is_broken = [&](double low, double high) {
    ContractInput input;
    input.cell_domains["value"].assign(input.dimensions.back(), {low, high});
    return !findings(table, input).empty();
  };
  CHECK_FALSE(is_broken(2.5, 3));
  CHECK(is_broken(2, 3));
  CHECK(is_broken(2.5, std::nextafter(3, 4)));
}

struct Failing {
  static constexpr std::string_view name = "failing";
  static constexpr std::string_view summary = "cannot do the third row";
  struct Ports {
    Out<double> target;
  };
  static constexpr auto ports = std::tuple{out("target", &Ports::target, "real[n]", "what is written")};
  static void run(const Ports& io, RowContext& context) {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      if (row == 2) throw std::runtime_error("the third row is too much");
      io.target.value(row) = 1;
    }
  }
};

TEST_CASE("contract-broken: an operator that fails") {
  CHECK(findings(operator_table<Failing>()) ==
        "error: Operator 'failing' fails (17 rows and dimension 1; 1 thread, tiles of 1 row). [contract-broken]\n"
        "  path: failing\n"
        "  expected: no failure with numbers that its ports are meant for\n"
        "  found: row 2: the third row is too much\n");
}

TEST_CASE("contract-broken: a preparation that throws") {
  OperatorTable table = operator_table<Written<Faultless>>();
  table.prepare = [](const PrepareInput&, Diagnostics&) -> void* { throw std::runtime_error("no memory left"); };
  CHECK(findings(table) ==
        "error: Operator 'faultless' throws instead of reporting (1 row and dimension 1; 1 thread, tiles of 1 row). "
        "[contract-broken]\n"
        "  path: faultless\n"
        "  expected: no exception\n"
        "  found: no memory left\n");
}

/// Has parameters without default.
template <class Member>
struct Demanding {
  static constexpr std::string_view name = "demanding";
  static constexpr std::string_view summary = "needs a parameter";
  struct Parameters {
    Member wish{};
  };
  static constexpr auto parameters = std::tuple{parameter("wish", &Parameters::wish, "what is wished for")};
  struct Ports {
    Out<double> target;
  };
  static constexpr auto ports = std::tuple{out("target", &Ports::target, "real[n]", "what is written")};
  static bool check(const Parameters& given, const PrepareInput& input, Diagnostics& diagnostics) {
    if (given.wish != Member(1)) return true;
    diagnostics.add({"bad-wish", Severity::error, {}, input.path, "One is not enough.", "", "", ""});
    return false;
  }
  static void run(const Ports& io, const Parameters&, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) io.target.value(row) = 1;
  }
};

TEST_CASE("contract-not-run: a parameter for which nothing can be made up") {
  std::vector<ParameterSpec> parameters(1);
  parameters[0].name = "wish";
  parameters[0].summary = "what is wished for";
  for (const ParameterType type : {ParameterType::text, ParameterType::any}) {
    parameters[0].type = type;
    OperatorTable table = operator_table<Demanding<std::int64_t>>();
    table.parameters = parameters;
    CHECK(findings(table) ==
          "note: Operator 'demanding' was not run: its parameter 'wish' has no default, and no value can be made up "
          "for it. [contract-not-run]\n"
          "  path: demanding/parameters/wish\n");
  }
}

TEST_CASE("contract-not-run: a made-up value is refused, a given one is not") {
  const OperatorTable& table = operator_table<Demanding<std::int64_t>>();
  CHECK(findings(table) ==
        "note: Operator 'demanding' was not run with 1 row and dimension 1 (made up: wish = 1): One is not enough. "
        "[contract-not-run]\n"
        "  path: demanding\n");
  ContractInput input;
  input.parameters["wish"] = 2;
  CHECK(findings(table, input).empty());
  input.parameters["wish"] = "two";
  CHECK(findings(table, input) ==
        "note: Operator 'demanding' was not run: Parameter 'wish' of operator 'demanding' takes an integer. "
        "[contract-not-run]\n"
        "  path: demanding\n");
}

TEST_CASE("contract-not-run: ports to which nothing can be bound") {
  std::vector<PortSpec> ports;
  for (const PortSpec& port : operator_table<Written<Faultless>>().ports) ports.push_back(port);
  OperatorTable table = operator_table<Written<Faultless>>();
  table.ports = ports;
  ports[0].variadic = true;
  CHECK(findings(table) ==
        "note: Operator 'faultless' was not run: port 'value' binds a list of variables. [contract-not-run]\n"
        "  path: faultless/value\n");
  ports[0].variadic = false;
  ports[0].type = "treasure";
  CHECK(findings(table) ==
        "note: Operator 'faultless' was not run: port 'value' has the type 'treasure', of which nothing can be made "
        "here. [contract-not-run]\n"
        "  path: faultless/value\n");
}

TEST_CASE("a table that contradicts itself is not run") {
  OperatorTable table = operator_table<Written<Faultless>>();
  table.run_rows = nullptr;
  CHECK(findings(table) ==
        "error: a row operator has run_rows, no other has it [bad-operator]\n"
        "  path: faultless/run_rows\n");
}

TEST_CASE("values of parameters are made up") {
  ParameterSpec spec;
  const auto made_up = [&spec] { return made_up_value(spec); };
  CHECK(made_up() == Value(1.0));
  spec.minimum = -2;
  CHECK(made_up() == Value(-2.0));
  spec.exclusive_minimum = true;
  CHECK(made_up() == Value(1.0));
  spec.maximum = 0;
  CHECK(made_up() == Value(-1.0));
  spec.maximum = 100;
  spec.minimum = 3;
  CHECK(made_up() == Value(4.0));
  spec.type = ParameterType::integer;
  CHECK(made_up() == Value(4));
  spec.maximum = 3.5;
  CHECK_FALSE(made_up().has_value());
  spec = {};
  spec.maximum = -4;
  CHECK(made_up() == Value(-4.0));
  spec.type = ParameterType::choice;
  spec.choices = "clamp|reflect";
  CHECK(made_up() == Value("clamp"));
  spec.type = ParameterType::boolean;
  CHECK(made_up() == Value(true));
  spec.type = ParameterType::text;
  CHECK_FALSE(made_up().has_value());
}

}  // namespace
}  // namespace skein
