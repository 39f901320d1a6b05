#include <array>

#include "skein/problems/pendulum_controllers.hpp"

namespace skein {
namespace {

constexpr std::array<Gain, 2> cart_gains = {{{"a", 0.01, 1.0, "weight of the cart's position in sigma"},
                                             {"b", 0.01, 2.0, "weight of the cart's velocity in sigma"}}};

constexpr std::array<Gain, 6> sliding_mode_gains = {{{"k1", 0.05, 5.0, "weight of the first link's rate in sigma"},
                                                     {"k2", 0.05, 8.0, "weight of the second link's rate in sigma"},
                                                     {"l1", 1.0, 40.0, "weight of the first link's angle in sigma"},
                                                     {"l2", 1.0, 40.0, "weight of the second link's angle in sigma"},
                                                     {"K", 0.5, 50.0, "switching gain, N"},
                                                     {"kd", 0.5, 15.0, "damping gain"}}};

constexpr std::array<Gain, 6> super_twisting_gains = {
    {{"K1", 1.0, 60.0, "gain of the square root of sigma"},
     {"K2", 0.1, 30.0, "gain of the integral, at most K1"},
     {"k1", 0.05, 20.0, "weight of the first link in sigma"},
     {"k2", 0.05, 40.0, "weight of the second link in sigma"},
     {"l1", 1.0, 40.0, "how fast the first link falls back to 0 on the surface, 1/s"},
     {"l2", 1.0, 40.0, "how fast the second link falls back to 0 on the surface, 1/s"}}};

constexpr std::array<Gain, 5> adaptive_gains = {
    {{"k1", 0.05, 20.0, "weight of the first link in sigma"},
     {"k2", 0.05, 40.0, "weight of the second link in sigma"},
     {"l1", 1.0, 40.0, "how fast the first link falls back to 0 on the surface, 1/s"},
     {"l2", 1.0, 40.0, "how fast the second link falls back to 0 on the surface, 1/s"},
     {"gamma", 0.05, 15.0, "growth of the switching gain"}}};

constexpr std::array<Gain, 4> hybrid_gains = {
    {{"c1", 0.05, 20.0, "weight of the first link in sigma"},
     {"l1", 1.0, 40.0, "how fast the first link falls back to 0 on the surface, 1/s"},
     {"c2", 0.05, 40.0, "weight of the second link in sigma"},
     {"l2", 1.0, 40.0, "how fast the second link falls back to 0 on the surface, 1/s"}}};

std::span<const Gain> own_gains(ControllerKind kind) {
  switch (kind) {
    case ControllerKind::sliding_mode:
      return sliding_mode_gains;
    case ControllerKind::super_twisting:
      return super_twisting_gains;
    case ControllerKind::adaptive:
      return adaptive_gains;
    case ControllerKind::hybrid:
      return hybrid_gains;
  }
  return {};
}

}  // namespace

std::vector<Gain> gains_of(const ControllerLaw& law) {
  const std::span<const Gain> own = own_gains(law.kind);
  std::vector<Gain> gains(own.begin(), own.end());
  if (law.cart_terms) gains.insert(gains.end(), cart_gains.begin(), cart_gains.end());
  return gains;
}

}  // namespace skein
