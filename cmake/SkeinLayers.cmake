# skein_add_layer(NAME [DIRECTORY dir] [FOLDERS folder...] [EXCLUDE folder...] [INCLUDE dir...] [LINKS target...]
#                 [PRIVATE_INCLUDE dir...] [PRIVATE_LINKS target...] [PRIVATE_DEFINES NAME=value...])
#
# Makes the static library skein_NAME (alias skein::NAME) of all .cpp files below DIRECTORY, which is the current folder
# unless given, or only of those in FOLDERS of it, and not of those in EXCLUDE. A new source file needs no edit here. It ends up in plugins, which
# show nothing but their entry.
function(skein_add_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 arg ""
    "DIRECTORY" "FOLDERS;EXCLUDE;INCLUDE;LINKS;PRIVATE_INCLUDE;PRIVATE_LINKS;PRIVATE_DEFINES")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "skein_add_layer(${name}): unknown arguments ${arg_UNPARSED_ARGUMENTS}")
  endif()

  if(NOT arg_DIRECTORY)
    set(arg_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  endif()

  set(target skein_${name})
  set(patterns ${arg_DIRECTORY}/*.cpp)
  if(arg_FOLDERS)
    list(TRANSFORM arg_FOLDERS REPLACE "(.+)" "${arg_DIRECTORY}/\\1/*.cpp" OUTPUT_VARIABLE patterns)
  endif()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${patterns})
  foreach(folder IN LISTS arg_EXCLUDE)
    list(FILTER sources EXCLUDE REGEX "^${arg_DIRECTORY}/${folder}/")
  endforeach()
  add_library(${target} STATIC ${sources})
  add_library(skein::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  target_include_directories(${target}
    PUBLIC "$<BUILD_INTERFACE:${arg_INCLUDE}>"
    PRIVATE ${arg_PRIVATE_INCLUDE})
  target_compile_definitions(${target} PRIVATE ${arg_PRIVATE_DEFINES})
  target_link_libraries(${target} PUBLIC ${arg_LINKS} PRIVATE ${arg_PRIVATE_LINKS} $<BUILD_INTERFACE:skein_warnings>)
  target_compile_features(${target} PUBLIC cxx_std_20)
  skein_common_headers(${target})
  skein_note_layer(${target} ${arg_DIRECTORY})
endfunction()

# tests/architecture checks what these link, and their public headers.
function(skein_note_layer target directory)
  set_target_properties(${target} PROPERTIES SKEIN_DIRECTORY ${directory})
  set_property(GLOBAL APPEND PROPERTY SKEIN_LAYER_TARGETS ${target})
endfunction()
