// Throws when it has added an operator, a role and a problem.
#include <stdexcept>

#include "skein/registry.hpp"
#include "tests/broken_plugins/descriptor.hpp"
#include "tests/broken_plugins/operator_for_tests.hpp"

namespace {
struct Half {
  static constexpr std::string_view text = "half_way";
};

std::shared_ptr<const skein::Problem> create(const skein::ProblemSpec&, std::span<const skein::Value>,
                                             skein::Diagnostics&) {
  return nullptr;
}
}  // namespace

const skein::PluginDescriptor skein_plugin_descriptor = described("register_throws");

void skein_plugin_register(skein::Registry& registry) {
  registry.add(skein::operator_table<Doing<Half>>());
  registry.add(skein::RoleSpec{"half_role", "for tests", {}});
  skein::ProblemSpec problem;
  problem.name = "half_problem";
  problem.summary = "for tests";
  problem.encoding = "real_vector";
  problem.create = &create;
  registry.add(problem);
  registry.add_graph_document(
      R"({"format": "skein/1", "graph": "half_graph", "nodes": {"a": {"operator": "half_way"}}, "flow": ["a"]})",
      "half_graph.json");
  throw std::runtime_error("the data file is missing");
}
