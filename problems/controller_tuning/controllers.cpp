#include <stdexcept>
#include <string>

#include "problems/controller_tuning/adaptive-inl.hpp"
#include "problems/controller_tuning/hybrid-inl.hpp"
#include "problems/controller_tuning/sliding_mode-inl.hpp"
#include "problems/controller_tuning/super_twisting-inl.hpp"
#include "skein/problems/pendulum_controllers.hpp"

namespace skein {
namespace {

// What is compiled for the one target of this file. NOLINTNEXTLINE(google-build-using-namespace)
using namespace HWY_NAMESPACE;

/// One of the laws of this folder for one pendulum.
template <template <class> class Law>
class Shipped : public Controller {
 public:
  Shipped(const ControllerLaw& settings, const double* gains) : settings_(settings), law_(settings_, gains) {}

  ControlAction act(const PendulumState& state, double step) override {
    const Action<double> action = law_.act(state_of<double>(state), step);
    return {action.force, action.surface};
  }

 private:
  ControllerLaw settings_;
  Law<double> law_;
};

}  // namespace

std::unique_ptr<Controller> make_controller(const ControllerLaw& law, std::span<const double> gains) {
  const std::size_t count = gains_of(law).size();
  if (gains.size() != count) {
    throw std::invalid_argument("This controller has " + std::to_string(count) + " gains, not " +
                                std::to_string(gains.size()) + ".");
  }
  switch (law.kind) {
    case ControllerKind::super_twisting:
      return std::make_unique<Shipped<SuperTwisting>>(law, gains.data());
    case ControllerKind::adaptive:
      return std::make_unique<Shipped<Adaptive>>(law, gains.data());
    case ControllerKind::hybrid:
      return std::make_unique<Shipped<Hybrid>>(law, gains.data());
    default:
      return std::make_unique<Shipped<SlidingMode>>(law, gains.data());
  }
}

}  // namespace skein
