#include "tests/heuristiclab/register.hpp"

#include <memory>
#include <string>

#include "tests/heuristiclab/shared_random.hpp"

namespace skein::heuristiclab {

void register_everything(Registry& registry) {
  registry.add_object_type(std::string(SharedRandom::type),
                           []() -> std::unique_ptr<ObjectVariable> { return std::make_unique<SharedRandom>(); });
  registry.add(creator_operator());
  registry.add(updater_2007_operator());
  registry.add(updater_2011_operator());
  registry.add(random_topology_operator());
  registry.add(lagging_adaptive_random_operator());
  register_problems(registry);
}

}  // namespace skein::heuristiclab
