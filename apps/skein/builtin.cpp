#include "apps/skein/builtin.hpp"

#include "apps/skein/output.hpp"
#include "skein/encodings/real_vector.hpp"
#include "skein/operators.hpp"
#include "skein/plugins/particle_swarm.hpp"
#include "skein/problems/test_functions.hpp"

namespace skein::tool {

Session make_session() {
  Session session;
  Registry& registry = session.registry();
  registry.begin_plugin("operators", Reproducibility::every_machine);
  register_operators(registry);
  registry.begin_plugin("real_vector", Reproducibility::every_machine);
  register_real_vector(registry);
  registry.begin_plugin("test_functions", Reproducibility::every_machine);
  register_test_functions(registry);
  register_particle_swarm(registry);
  print_diagnostics(registry.diagnostics());
  return session;
}

}  // namespace skein::tool
