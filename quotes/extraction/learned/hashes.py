"""The SHA-256 of the model files; written by quotes.training.export."""

SHA256 = {
    "tagger.onnx": "8d6443ea6fbaf0e50cf625fcebc620d203b14cf4db16a1381ccffa4d57b76e5a",
    "reader.onnx": "d7309faf2c36c87527c82b35becdbf868bddc0800836207d60a7f75bcfeaea4a",
    "tokenizer.json": "9114256b104cca80e04367526f03f46aa3c443c2ed174904142a73bbf13b9fbb",
    "model.json": "05efe1c1e30dd9e6fbefd203db5d7cf1ecfff1f934d0ff60af5acc872fdb0f07",
}
