// Controllers of the double inverted pendulum: the shipped ones with their named gains, and those of others.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "skein/problems/double_pendulum.hpp"

namespace skein {

struct ControlAction {
  double force = 0.0;    ///< on the cart, N
  double surface = 0.0;  ///< the sliding variable sigma, whose energy is part of the cost; 0 where there is none
};

/// What drives the cart. It may remember: one controller serves one simulation, from its start on.
class Controller {
 public:
  Controller() = default;
  Controller(const Controller&) = delete;
  Controller& operator=(const Controller&) = delete;
  virtual ~Controller() = default;

  /// The force for the next `step` seconds. May throw: the evaluation fails then.
  virtual ControlAction act(const PendulumState& state, double step) = 0;
};

/// A new controller for each simulation. Called from several threads at once.
using ControllerFactory = std::function<std::unique_ptr<Controller>(std::span<const double> gains)>;

enum class ControllerKind : std::uint8_t { sliding_mode, super_twisting, adaptive, hybrid };

/// A shipped controller, but for its gains. Where `cart_terms` is false, the sliding variable leaves the cart out, and
/// there are two gains less; only `hybrid` keeps both at 0.5.
struct ControllerLaw {
  ControllerKind kind = ControllerKind::sliding_mode;
  bool cart_terms = true;
  double maximum_force = 150.0;  ///< forces are limited to [-maximum_force, maximum_force], N
  double boundary_layer = 0.3;   ///< width of the layer around sigma = 0 in which the switching is softened
};

/// A gain as a controller declares it, and the range in which it is sought.
struct Gain {
  std::string_view name;
  double lower = 0.0;
  double upper = 1.0;
  std::string_view summary;
};

/// The gains of a law, in the order in which vectors hold them.
[[nodiscard]] std::vector<Gain> gains_of(const ControllerLaw& law);

/// The shipped controller with these gains. Throws std::invalid_argument where they are not as many as `gains_of` has.
[[nodiscard]] std::unique_ptr<Controller> make_controller(const ControllerLaw& law, std::span<const double> gains);

}  // namespace skein
