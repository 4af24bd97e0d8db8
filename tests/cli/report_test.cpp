// SPDX-License-Identifier: BSD-3-Clause
// The report: one page that needs nothing beside itself, whatever files are called, and that tells
// of everything in the folder, resumed or not.
#include "cli/folders.h"
#include "cli/program.h"
#include "cli/sample_clouds.h"

#include <gtest/gtest.h>

namespace equicloud::cli_tests {
namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

TEST(Report, TellsOfTotalsTheWorstAndFailures) {
  const Workplace place;
  save_folder(place, 25);
  place.write("in/broken.pcd", "no cloud");
  EXPECT_EQ(place.run("score in -o out --report page.html").status, 1);
  const std::string page = place.bytes("page.html");
  for (const char* part :
       {"<tr><td>clouds done</td><td class=n>25</td></tr>",
        "<tr><td>failed</td><td class=n>1</td></tr>", "<tr><td class=n>5 %</td><td class=n>25</td>",
        "<li>in/broken.pcd: line 1: &#39;no cloud&#39;"})
    EXPECT_NE(page.find(part), std::string::npos) << part;
  EXPECT_EQ(count(page, "<figure>"), 20U);
  EXPECT_EQ(count(page, "src=\"data:image/png;base64,iVBORw0KGgo"), 20U);
  EXPECT_EQ(count(page, "src="), 20U) << "nothing from elsewhere";
  EXPECT_EQ(count(page, "http") + count(page, "<script") + count(page, "href="), 0U);
}

TEST(Report, ShowsEarlierRunsAsWell) {
  const Workplace place;
  save_folder(place, 4);
  ASSERT_EQ(place.run("score in -o out").status, 0);
  EXPECT_EQ(place.run("score in -o out --report page.html").status, 2) << "outputs are there";
  ASSERT_EQ(place.run("score in -o out --resume --report page.html").status, 0);
  const std::string page = place.bytes("page.html");
  EXPECT_NE(page.find("<td>clouds done</td><td class=n>4<"), std::string::npos);
  EXPECT_NE(page.find("<td>of these in this run</td><td class=n>0<"), std::string::npos);
  EXPECT_EQ(count(page, "<img"), 4U);
}

TEST(Report, NoNameIsTakenForMarkup) {
  const Workplace place;
  save(place.path("in/<b>&\"'\xFF.pcd"), sheet(16));
  place.write("in/<script>alert(1).pcd", "<img src=x>");
  EXPECT_EQ(place.run("clean in -o out --report page.html").status, 1);
  const std::string page = place.bytes("page.html");
  EXPECT_NE(page.find("&lt;b&gt;&amp;&quot;&#39;%FF.pcd"), std::string::npos);
  EXPECT_NE(page.find("&lt;script&gt;alert(1).pcd"), std::string::npos);
  EXPECT_EQ(count(page, "<script>") + count(page, "<img src=x"), 0U);
}

TEST(Report, APlaceThatCannotBeWrittenIsRefusedBeforeTheWork) {
  const Workplace place;
  save_folder(place, 1);
  place.write("old.html", "old");
  for (const char* where : {"no/such/page.html", "in", "old.html"})
    EXPECT_EQ(place.run(std::string("score in -o out --report ") + where).status, 2) << where;
  EXPECT_FALSE(place.exists("out"));
  EXPECT_EQ(place.run("score in -o out --report old.html --overwrite").status, 0);
}

}  // namespace
}  // namespace equicloud::cli_tests
