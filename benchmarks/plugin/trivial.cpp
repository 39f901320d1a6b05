// A plugin that adds one operator and does nothing. The benchmark copies the file and writes other digits into its
// name.
#include "skein/operator_table.hpp"
#include "skein/plugin.hpp"
#include "skein/registry.hpp"

namespace {

const skein::OperatorTable table = [] {
  skein::OperatorTable made;
  made.kind = skein::OperatorKind::step;
  made.name = "nothing";
  made.summary = "does nothing";
  made.can_fail = false;
  made.prepare = [](const skein::PrepareInput&, skein::Diagnostics&) -> void* { return new char; };
  made.destroy_prepared = [](void* prepared) { delete static_cast<char*>(prepared); };
  made.run_step = [](const void*, const skein::PortView*, skein::StepContext&) { return skein::StepOutcome::done; };
  return made;
}();

}  // namespace

const skein::PluginDescriptor skein_plugin_descriptor{
    .name = "trivial_000", .version = "1.0.0", .summary = "adds nothing of use", .licence = "MIT"};

void skein_plugin_register(skein::Registry& registry) { registry.add(table); }
