// Would bring an operator, a problem and an algorithm, but depends on a plugin that does not exist.
#include <span>

#include "skein/problem.hpp"
#include "skein/registry.hpp"
#include "tests/broken_plugins/descriptor.hpp"
#include "tests/broken_plugins/operator_for_tests.hpp"

namespace {
struct Wanted {
  static constexpr std::string_view text = "wanted_operator";
};

std::shared_ptr<const skein::Problem> create(const skein::ProblemSpec&, std::span<const skein::Value>,
                                             skein::Diagnostics&) {
  return nullptr;
}
}  // namespace

const skein::PluginDescriptor skein_plugin_descriptor = described("needs_missing", "no_such_plugin >=2");

void skein_plugin_register(skein::Registry& registry) {
  registry.add(skein::operator_table<Doing<Wanted>>());
  skein::ProblemSpec problem;
  problem.name = "wanted_problem";
  problem.summary = "for tests";
  problem.encoding = "real_vector";
  problem.create = &create;
  registry.add(problem);
  registry.add_graph_document(
      R"({"format": "skein/1", "graph": "wanted_algorithm", "ports": {"out": {"best": "solution", "best_fitness": "fitness"}},
          "nodes": {"a": {"operator": "wanted_operator"}}, "flow": ["a"]})",
      "wanted_algorithm.json");
}
