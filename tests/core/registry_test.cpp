#include "skein/registry.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>

#include "skein/graph_builder.hpp"
#include "skein/operator.hpp"
#include "tests/core/document_examples.hpp"

using namespace skein;
using namespace skein::examples;

namespace {

/// Copies, and can fail.
struct Copy {
  static constexpr std::string_view name = "copy";
  static constexpr std::string_view summary = "copies a column";
  struct Ports {
    In<double> from;
    Out<double> to;
  };
  static constexpr auto ports =
      std::tuple{in("from", &Ports::from, "real[n]", "what to copy"), out("to", &Ports::to, "real[n]", "the copy")};
  static void run(const Ports&, RowContext&) {}
};

/// A table that a test can spoil.
struct Sample {
  std::array<PortSpec, 2> ports;
  std::array<ParameterSpec, 1> parameters;
  OperatorTable table;

  Sample() {
    ports[0].name = "from";
    ports[0].type = "real[n]";
    ports[1].name = "to";
    ports[1].type = "real[n]";
    ports[1].direction = Direction::out;
    parameters[0].name = "mode";
    parameters[0].type = ParameterType::choice;
    parameters[0].choices = "clamp|wrap";
    parameters[0].initial = "wrap";
    table.name = "sample";
    table.ports = ports;
    table.parameters = parameters;
    table.prepare = [](const PrepareInput&, Diagnostics&) -> void* { return nullptr; };
    table.destroy_prepared = [](void*) {};
    table.run_rows = [](const void*, const PortView*, RowContext&) {};
  }
};

/// What registration says about a spoiled table.
template <class Spoil>
std::string refusal(Spoil spoil) {
  Sample sample;
  spoil(sample);
  Registry registry;
  registry.begin_plugin("tests");
  registry.add(sample.table);
  CHECK(registry.operators().empty());
  return all_text(registry.diagnostics());
}

std::string bad_operator(std::string_view part, std::string_view message) {
  return "error: " + std::string(message) + " [bad-operator]\n  path: tests:sample" + std::string(part) + "\n";
}

Graph small_graph(const std::string& name) {
  GraphBuilder graph(name);
  graph.node("a", operation("copy")).flow({"a"});
  return graph.build();
}

std::shared_ptr<const Problem> no_problem(const ProblemSpec&, std::span<const Value>, Diagnostics&) { return nullptr; }

ProblemSpec problem_named(std::string name) {
  ProblemSpec problem;
  problem.name = std::move(name);
  problem.encoding = "real_vector";
  problem.create = &no_problem;
  return problem;
}

}  // namespace

TEST_CASE("entries are found by short and by qualified name, in the order of registration") {
  Registry registry;
  registry.begin_plugin("first");
  registry.add(operator_table<Copy>());
  registry.add(small_graph("swarm"));
  registry.add(RoleSpec{"evaluator", "judges", {{"position", "solution[n]", Direction::in, true, ""}}});
  registry.add(EncodingSpec{"real_vector", "reals", "real[d]", {}, {}});
  registry.begin_plugin("second");
  registry.add(problem_named("sphere"));
  registry.add(problem_named("rastrigin"));
  registry.add_object_type("history", [] { return std::unique_ptr<ObjectVariable>(); });
  CHECK(registry.diagnostics().empty());
  CHECK(registry.find_operator("copy") == &operator_table<Copy>());
  CHECK(registry.find_operator("first:copy") == &operator_table<Copy>());
  CHECK(registry.find_operator("second:copy") == nullptr);
  CHECK(registry.find_operator("coppy") == nullptr);
  CHECK(registry.find_graph("swarm")->name == "swarm");
  CHECK(registry.find_graph("first:swarm") == registry.graphs()[0].content);
  CHECK(registry.find_role("evaluator")->summary == "judges");
  CHECK(registry.find_encoding("first:real_vector")->solution == "real[d]");
  CHECK(registry.find_problem("sphere") == registry.problems()[0].content.get());
  CHECK(registry.problems()[1].qualified_name() == "second:rastrigin");
  CHECK(static_cast<bool>(registry.find_object_type("history")));
  CHECK_FALSE(static_cast<bool>(registry.find_object_type("archive")));
  CHECK(registry.plugins() == std::vector<std::string>{"first", "second"});
}

TEST_CASE("a short name that two plugins use is ambiguous") {
  Registry registry;
  registry.begin_plugin("first");
  registry.add(operator_table<Copy>());
  registry.begin_plugin("second");
  registry.add(operator_table<Copy>());
  CHECK(registry.diagnostics().empty());
  CHECK(registry.find_operator("copy") == nullptr);
  CHECK(registry.find_operator("second:copy") == &operator_table<Copy>());
  CHECK(registry.candidates("copy") == std::vector<std::string>{"first:copy", "second:copy"});
  CHECK(registry.candidates("paste").empty());
}

TEST_CASE("a name that exists in the same plugin is refused") {
  Registry registry;
  registry.begin_plugin("tests");
  registry.add(operator_table<Copy>());
  registry.add(operator_table<Copy>());
  registry.add(small_graph("copy"));
  registry.add(problem_named("sphere"));
  registry.add(problem_named("sphere"));
  CHECK(registry.operators().size() == 1);
  CHECK(registry.graphs().empty());
  CHECK(registry.problems().size() == 1);
  const std::string twice =
      "error: the plugin \"tests\" already has an operator or graph named \"copy\" [name-given-twice]\n"
      "  path: tests:copy\n  expected: each name once in a plugin\n";
  CHECK(all_text(registry.diagnostics()) ==
        twice + twice +
            "error: the plugin \"tests\" already has a problem named \"sphere\" [name-given-twice]\n"
            "  path: tests:sphere\n  expected: each name once in a plugin\n");
}

TEST_CASE("bad-operator: ports") {
  CHECK(refusal([](Sample& s) { s.table.name = "Sample-1"; }) ==
        "error: \"Sample-1\" cannot be a name here [bad-operator]\n  path: tests:Sample-1\n");
  CHECK(refusal([](Sample& s) { s.table.struct_size = 8; }) ==
        "error: the table was compiled against another version of its declaration [bad-operator]\n"
        "  path: tests:operator/struct_size\n");
  CHECK(refusal([](Sample& s) { s.ports[0].type = "real[n"; }) ==
        bad_operator("/ports/from", "\"real[n\" is not written as a type"));
  CHECK(refusal([](Sample& s) { s.ports[0].name = "to"; }) == bad_operator("/ports/to", "\"to\" is declared twice"));
  CHECK(refusal([](Sample& s) { s.ports[0].name = "From"; }) ==
        bad_operator("/ports/From", "\"From\" cannot be a name here"));
  CHECK(refusal([](Sample& s) { s.ports[1].initial = "3"; }) ==
        bad_operator("/ports/to", "only a port that is read has a default"));
  CHECK(refusal([](Sample& s) {
          s.ports[1].broadcast = true;
          s.ports[1].kind = PortKind::hidden;
          s.table.can_fail = false;
        }) == bad_operator("/ports/to", "of what is written only a column of a row operator can broadcast"));
  const std::string own = "a row operator writes only its own rows: a column with the axis n and access own";
  CHECK(refusal([](Sample& s) { s.ports[1].access = Access::any; }) == bad_operator("/ports/to", own));
  CHECK(refusal([](Sample& s) { s.ports[1].type = "real"; }) == bad_operator("/ports/to", own));
  CHECK(refusal([](Sample& s) { s.ports[1].direction = Direction::inout; }) ==
        bad_operator("/ports/to",
                     "a row operator that can fail writes only out ports, because what it has overwritten is lost"));
}

TEST_CASE("bad-operator: parameters") {
  const std::string part = "/parameters/mode";
  CHECK(refusal([](Sample& s) {
          s.parameters[0].choices = "";
          s.parameters[0].initial = "";
        }) == bad_operator(part, "a choice is empty"));
  CHECK(refusal([](Sample& s) { s.parameters[0].choices = "wrap|wrap"; }) ==
        bad_operator(part, "a choice is given twice"));
  CHECK(refusal([](Sample& s) { s.parameters[0].initial = "reflect"; }) ==
        bad_operator(part, "the default is not among the choices"));
  CHECK(refusal([](Sample& s) { s.parameters[0].type = ParameterType::text; }) ==
        bad_operator(part, "only a parameter of the type choice has choices"));
  const auto integer = [](Sample& s) {
    s.parameters[0].type = ParameterType::integer;
    s.parameters[0].choices = "";
    s.parameters[0].minimum = 1;
  };
  const std::string not_fitting = "the default is not of the parameter's type or not in its range";
  for (const std::string_view initial : {"0", "1.5", "x", "true"}) {
    CHECK(refusal([&](Sample& s) {
            integer(s);
            s.parameters[0].initial = initial;
          }) == bad_operator(part, not_fitting));
  }
  CHECK(refusal([&](Sample& s) {
          integer(s);
          s.parameters[0].initial = "1";
          s.parameters[0].maximum = 0;
        }) == bad_operator(part, "the minimum is greater than the maximum") + bad_operator(part, not_fitting));
}

TEST_CASE("bad-operator: the numbers that a port is meant for") {
  CHECK(refusal([](Sample& s) {
          s.ports[0].minimum = 1;
          s.ports[0].maximum = 0;
        }) == bad_operator("/ports/from", "the minimum is greater than the maximum"));
}

TEST_CASE("bad-operator: functions") {
  CHECK(refusal([](Sample& s) { s.table.prepare = nullptr; }) ==
        bad_operator("/prepare", "every operator has prepare and destroy_prepared"));
  CHECK(refusal([](Sample& s) { s.table.destroy_resource = [](void*) {}; }) ==
        bad_operator("/create_resource", "an operator has both create_resource and destroy_resource or neither"));
  CHECK(refusal([](Sample& s) { s.table.run_rows = nullptr; }) ==
        bad_operator("/run_rows", "a row operator has run_rows, no other has it"));
  CHECK(refusal([](Sample& s) {
          s.table.kind = OperatorKind::step;
          s.table.run_rows = nullptr;
        }) == bad_operator("/run_step", "a step operator has run_step, no other has it"));
  CHECK(refusal([](Sample& s) {
          s.table.kind = OperatorKind::reducing;
          s.table.run_rows = nullptr;
        }) == bad_operator("/map",
                           "a reducing operator has partial_bytes, map, combine and finish, no other has one of them") +
                  bad_operator("/can_fail", "a reducing operator cannot fail"));
  CHECK(
      refusal([](Sample& s) {
        s.table.element_kernel = [](const void*) -> ElementKernel { return nullptr; };
        s.table.host_arithmetic = true;
      }) ==
      bad_operator("/element_kernel",
                   "only a row operator that cannot fail, without streams and in Skein's arithmetic, is elementwise"));
}

TEST_CASE("bad-role, bad-encoding, bad-problem and bad-name") {
  Registry registry;
  registry.begin_plugin("tests");
  registry.add(RoleSpec{"role", "", {{"x", "real[", Direction::in, false, ""}}});
  registry.add(EncodingSpec{"encoding", "", "real[", {}, {}});
  registry.add(ProblemSpec{});
  registry.add_object_type("History", nullptr);
  CHECK(all_text(registry.diagnostics()) ==
        "error: \"real[\" is not written as a type [bad-role]\n  path: tests:role/ports/x\n"
        "error: \"real[\" is not written as a type [bad-encoding]\n  path: tests:encoding/solution\n"
        "error: \"\" cannot be a name here [bad-problem]\n  path: tests:\n"
        "error: a problem names its encoding [bad-problem]\n  path: tests:/encoding\n"
        "error: nothing makes instances of the problem [bad-problem]\n  path: tests:/create\n"
        "error: \"History\" cannot be a name here [bad-name]\n  path: tests:History\n"
        "  expected: a small letter, then small letters, digits and _\n  found: \"History\"\n  suggestion: history\n");
}

TEST_CASE("graph documents are read, and what is wrong with them is kept") {
  Registry registry;
  registry.begin_plugin("tests");
  registry.add_graph_document(graph_document, "swarm.json");
  CHECK(registry.diagnostics().empty());
  CHECK(registry.find_graph("particle_swarm_main_loop") != nullptr);
  registry.add_graph_document("{", "broken.json");
  registry.add_graph_document(graph_document, "again.json");
  CHECK(registry.graphs().size() == 1);
  CHECK(registry.diagnostics().error_count() == 2);
  CHECK(registry.diagnostics().items()[0].where.file == "broken.json");
  CHECK(registry.diagnostics().items()[1].code == "name-given-twice");
  CHECK(registry.diagnostics().items()[1].where.file == "again.json");
}

TEST_CASE("a staged registry is taken over whole, and pointers stay valid") {
  Registry staged;
  staged.begin_plugin("second");
  staged.add(problem_named("sphere"));
  staged.add(operator_table<Copy>());
  staged.add(RoleSpec{});
  const ProblemSpec* sphere = staged.find_problem("sphere");
  Registry registry;
  registry.begin_plugin("first");
  registry.add(problem_named("rastrigin"));
  registry.merge(std::move(staged));
  registry.add(problem_named("ackley"));
  CHECK(registry.find_problem("second:sphere") == sphere);
  CHECK(registry.find_operator("second:copy") == &operator_table<Copy>());
  CHECK(registry.find_problem("first:ackley") != nullptr);
  CHECK(registry.plugins() == std::vector<std::string>{"first", "second"});
  CHECK(registry.diagnostics().error_count() == 1);
}

TEST_CASE("problem_value gives a fitness its sense back") {
  Problem problem;
  CHECK(problem_value(problem, 3.5) == 3.5);
  CHECK_FALSE(std::signbit(problem_value(problem, -0.0)));
  problem.objectives[0].sense = Sense::maximize;
  CHECK(problem_value(problem, -3.5) == 3.5);
  CHECK_FALSE(std::signbit(problem_value(problem, 0.0)));
  CHECK(problem_value(problem, std::numeric_limits<double>::infinity()) == -std::numeric_limits<double>::infinity());
}

TEST_CASE("axes and choices are found by name") {
  const std::array<AxisSize, 2> axes = {{{"n", 40}, {"d", 30}}};
  PrepareInput input;
  input.axes = axes;
  CHECK(input.axis("d") == 30);
  CHECK(input.axis("k") == 0);
  CHECK(detail::choice_index("clamp|reflect|wrap", "clamp") == 0);
  CHECK(detail::choice_index("clamp|reflect|wrap", "wrap") == 2);
  CHECK(detail::choice_index("clamp|reflect|wrap", "lamp") == 3);
}
