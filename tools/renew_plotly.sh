#!/bin/sh
# Fetch the Plotly partial bundles of one version from npm and vendor them with their checksums.
#   tools/renew_plotly.sh 4.1.1
# Needs npm (any registry it is configured for), tar and sha256sum. Afterwards run the browser tests.
set -eu
version=${1:?usage: tools/renew_plotly.sh VERSION}
here=$(cd "$(dirname "$0")/.." && pwd)
target="$here/static/vendor/plotly"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$target"
for part in cartesian gl3d; do
    (cd "$work" && npm pack --silent "plotly.js-$part-dist-min@$version" >/dev/null)
    mkdir "$work/$part"
    tar -xzf "$work/plotly.js-$part-dist-min-$version.tgz" -C "$work/$part" --strip-components=1
    cp "$work/$part/plotly-$part.min.js" "$target/plotly-$part.min.js"
done
cp "$work/cartesian/LICENSE" "$target/LICENSE"
(cd "$target" && sha256sum plotly-cartesian.min.js plotly-gl3d.min.js LICENSE >SHA256SUMS)
cat >"$target/README.md" <<EOF
# Plotly.js $version, partial bundles

\`plotly-cartesian.min.js\` draws every chart but the orbit; \`plotly-gl3d.min.js\` draws the orbit in space.
Unchanged copies of the npm packages \`plotly.js-cartesian-dist-min\` and \`plotly.js-gl3d-dist-min\`,
version $version. Licence: MIT, see \`LICENSE\`. Checksums: \`SHA256SUMS\`.

Renew with \`tools/renew_plotly.sh VERSION\`, then run the browser tests; no page loads both bundles.
EOF
echo "vendored plotly.js $version:"
cat "$target/SHA256SUMS"
