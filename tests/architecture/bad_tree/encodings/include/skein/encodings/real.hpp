#pragma once
#include "skein/good.hpp"
#include "skein/operators.hpp"
