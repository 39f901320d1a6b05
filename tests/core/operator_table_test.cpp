// What a declaration lowers to.
#include <doctest/doctest.h>

#include "skein/operator.hpp"

namespace skein {
namespace {

enum class Mode : std::uint8_t { clamp, reflect, wrap };

struct Everything {
  static constexpr std::string_view name = "everything";
  static constexpr std::string_view summary = "uses every part of a declaration";
  static constexpr std::string_view source = "nobody 2000";
  static constexpr std::uint32_t revision = 3;
  static constexpr bool thread_safe = false;
  static constexpr std::array<std::string_view, 2> roles = {"first", "second"};
  static constexpr std::array streams = {StreamSpec{"one", "numbers"}, StreamSpec{"two", "more numbers"}};
  struct Parameters {
    bool flag = false;
    std::int64_t count = 0;
    double scale = 0.0;
    std::string label;
    Mode mode = Mode::clamp;
  };
  static constexpr auto parameters =
      std::tuple{parameter("flag", &Parameters::flag, "true", "a flag"),
                 parameter("count", &Parameters::count, "a count").range(1, 9),
                 parameter("scale", &Parameters::scale, "1", "a scale").positive().unit("m"),
                 parameter("label", &Parameters::label, "x", "a text"),
                 parameter("mode", &Parameters::mode, "clamp", "a choice").choices("clamp|reflect|wrap")};
  struct Ports {
    In<double> lower;
    Group<In<double>> more;
    Out<double> result;
    InOut<std::int64_t> state;
    Scratch<double> space;
  };
  static constexpr auto ports =
      std::tuple{in("lower", &Ports::lower, "real[n,d]", "a limit").broadcast().any().initial("0.5").unit("s"),
                 in("more", &Ports::more, "real[n]", "others").variadic().optional(),
                 out("result", &Ports::result, "real[n,d]", "what comes out"),
                 hidden("state", &Ports::state, "integer[n]", "memory").initial("7"),
                 scratch("space", &Ports::space, "real[n,d]", "room")};
  static bool check(const Parameters& p, const PrepareInput& input, Diagnostics& diagnostics) {
    if (p.scale <= static_cast<double>(p.count)) return true;
    diagnostics.add(
        {"scale-above-count", Severity::error, {}, input.path, "The scale is above the count.", "", "", ""});
    return false;
  }
  static void run(const Ports& io, const Parameters& p, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      io.result(row, 0) = io.lower(row, 0) + p.scale + static_cast<double>(io.more.size());
    }
  }
};

struct Throws {
  static constexpr std::string_view name = "throws";
  static constexpr std::string_view summary = "";
  struct Ports {
    Out<double> result;
  };
  static constexpr auto ports = std::tuple{out("result", &Ports::result, "real[n]", "")};
  static void run(const Ports&, RowContext&) {}
};

struct Whole {
  static constexpr std::string_view name = "whole";
  static constexpr std::string_view summary = "";
  static constexpr bool strong_guarantee = true;
  struct Ports {
    InOut<double> value;
  };
  static constexpr auto ports = std::tuple{inout("value", &Ports::value, "real", "")};
  static StepOutcome run(const Ports& io, StepContext&) {
    io.value.value() += 1.0;
    return io.value.value() > 1.5 ? StepOutcome::done : StepOutcome::pending;
  }
};

struct WholeNoexcept {
  static constexpr std::string_view name = "whole_noexcept";
  static constexpr std::string_view summary = "";
  using Ports = Whole::Ports;
  static constexpr auto ports = Whole::ports;
  static void run(const Ports&, StepContext&) noexcept {}
};

struct Sum {
  static constexpr std::string_view name = "sum";
  static constexpr std::string_view summary = "";
  struct Ports {
    In<double> value;
    Out<double> total;
  };
  static constexpr auto ports =
      std::tuple{in("value", &Ports::value, "real[n]", ""), out("total", &Ports::total, "real", "")};
  struct Partial {
    double sum = 0.0;
  };
  static void map(const Ports& io, RowContext& context, Partial& partial) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) partial.sum += io.value(row, 0);
  }
  static void combine(Partial& into, const Partial& later) noexcept { into.sum += later.sum; }
  static void finish(const Ports& io, const Partial* total) noexcept {
    io.total.value() = total != nullptr ? total->sum : -1.0;
  }
};

PrepareInput input(std::span<const Value> values) { return {nullptr, values, {}, {}, "node"}; }

TEST_CASE("an operator's declaration lowers to its table") {
  const OperatorTable& table = operator_table<Everything>();
  CHECK(&table == &operator_table<Everything>());
  CHECK(table.struct_size == sizeof(OperatorTable));
  CHECK(table.kind == OperatorKind::row);
  CHECK(table.name == "everything");
  CHECK(table.source == "nobody 2000");
  CHECK(table.revision == 3);
  CHECK(!table.can_fail);
  CHECK(!table.thread_safe);
  CHECK(table.roles.size() == 2);
  CHECK(table.roles[1] == "second");
  CHECK(table.streams[1].name == "two");
}

TEST_CASE("ports lower to their specs") {
  const auto ports = operator_table<Everything>().ports;
  REQUIRE(ports.size() == 5);
  CHECK(ports[0].name == "lower");
  CHECK(ports[0].type == "real[n,d]");
  CHECK(ports[0].summary == "a limit");
  CHECK(ports[0].direction == Direction::in);
  CHECK(ports[0].access == Access::any);
  CHECK(ports[0].broadcast);
  CHECK(ports[0].initial == "0.5");
  CHECK(ports[0].unit == "s");
  CHECK(!ports[0].optional);
  CHECK(ports[1].variadic);
  CHECK(ports[1].optional);
  CHECK(ports[2].direction == Direction::out);
  CHECK(ports[2].access == Access::own);
  CHECK(ports[3].kind == PortKind::hidden);
  CHECK(ports[3].direction == Direction::inout);
  CHECK(ports[4].kind == PortKind::scratch);
}

TEST_CASE("parameters lower to their specs") {
  const auto parameters = operator_table<Everything>().parameters;
  REQUIRE(parameters.size() == 5);
  CHECK(parameters[0].type == ParameterType::boolean);
  CHECK(parameters[0].initial == "true");
  CHECK(parameters[1].type == ParameterType::integer);
  CHECK(parameters[1].initial.empty());
  CHECK(parameters[1].minimum == 1);
  CHECK(parameters[1].maximum == 9);
  CHECK(parameters[2].type == ParameterType::real);
  CHECK(parameters[2].exclusive_minimum);
  CHECK(parameters[2].unit == "m");
  CHECK(parameters[3].type == ParameterType::text);
  CHECK(parameters[4].type == ParameterType::choice);
  CHECK(parameters[4].choices == "clamp|reflect|wrap");
}

TEST_CASE("parameters are read, and checked together") {
  const OperatorTable& table = operator_table<Everything>();
  const std::vector<Value> values = {Value(true), Value(4), Value(2), Value("hello"), Value("wrap")};
  Diagnostics diagnostics;
  const std::unique_ptr<void, void (*)(void*)> prepared(table.prepare(input(values), diagnostics),
                                                        table.destroy_prepared);
  REQUIRE(prepared != nullptr);
  const auto& parameters = *static_cast<const Everything::Parameters*>(prepared.get());
  CHECK(parameters.flag);
  CHECK(parameters.count == 4);
  CHECK(parameters.scale == 2.0);
  CHECK(parameters.label == "hello");
  CHECK(parameters.mode == Mode::wrap);

  const std::vector<Value> wrong = {Value(true), Value(4), Value(4.5), Value(""), Value("clamp")};
  CHECK(table.prepare(input(wrong), diagnostics) == nullptr);
  REQUIRE(diagnostics.error_count() == 1);
  CHECK(diagnostics.items()[0].path == "node");
}

TEST_CASE("kinds and guarantees follow from the functions of an operator") {
  CHECK(operator_table<Throws>().can_fail);
  CHECK((operator_table<Throws>().run_rows != nullptr));
  CHECK((operator_table<Throws>().run_step == nullptr));
  CHECK(operator_table<Whole>().kind == OperatorKind::step);
  CHECK(operator_table<Whole>().can_fail);
  CHECK(operator_table<Whole>().strong_guarantee);
  CHECK((operator_table<Whole>().run_rows == nullptr));
  CHECK(!operator_table<WholeNoexcept>().can_fail);
  CHECK(operator_table<Sum>().kind == OperatorKind::reducing);
  CHECK(!operator_table<Sum>().can_fail);
  CHECK((operator_table<Sum>().run_rows == nullptr));
  CHECK(operator_table<Sum>().partial_bytes(nullptr, nullptr) == sizeof(double));
}

TEST_CASE("choices and axes are found by name") {
  CHECK(detail::choice_index("a|bc|d", "a") == 0);
  CHECK(detail::choice_index("a|bc|d", "bc") == 1);
  CHECK(detail::choice_index("a|bc|d", "d") == 2);
  CHECK(detail::choice_index("a|bc|d", "b") == 3);
  const std::vector<AxisSize> axes = {{"d", 30}, {"k", 2}};
  CHECK(PrepareInput{nullptr, {}, {}, axes, ""}.axis("k") == 2);
  CHECK(PrepareInput{nullptr, {}, {}, axes, ""}.axis("x") == 0);
}

TEST_CASE("what is prepared finds its ports by name and refuses what stands in the document") {
  const OperatorTable& table = operator_table<Everything>();
  std::vector<BoundPort> ports(table.ports.size());
  ports[1].bound = true;
  ports[1].constant = 2.5;
  const PrepareInput given{nullptr, {}, ports, {}, "main loop/node", table.ports};
  CHECK(given.port("more").constant == 2.5);
  CHECK(!given.port("lower").bound);
  CHECK(!given.port("none of them").bound);
  const Diagnostic refusal = given.refusal("bad-schedule", "in/lower", "It ends too early.", "3 or more", "2");
  CHECK(refusal.path == "main loop/node/in/lower");
  CHECK(refusal.severity == Severity::error);
  CHECK(refusal.expected == "3 or more");
  CHECK(refusal.found == "2");
}

}  // namespace
}  // namespace skein
