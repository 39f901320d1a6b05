// Has a problem of a name that a shipped plugin also has.
#include <memory>
#include <span>
#include <utility>

#include "skein/problem.hpp"
#include "skein/registry.hpp"
#include "tests/broken_plugins/descriptor.hpp"

const skein::PluginDescriptor skein_plugin_descriptor = described("second_sphere");

void skein_plugin_register(skein::Registry& registry) {
  skein::ProblemSpec problem;
  problem.name = "sphere";
  problem.summary = "another sphere";
  problem.encoding = "real_vector";
  problem.create = [](const skein::ProblemSpec&, std::span<const skein::Value>,
                      skein::Diagnostics&) -> std::shared_ptr<const skein::Problem> { return nullptr; };
  registry.add(std::move(problem));
}
