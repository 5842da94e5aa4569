using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RootCustody.EndToEnd.Apart;

/// <summary>Passes on the bytes of connections, and writes them down.</summary>
internal sealed class TcpTap : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<Socket> sockets = new();
    private readonly ConcurrentQueue<MemoryStream> heard = new();
    private readonly EndPoint to;

    /// <param name="to">Where the connections go.</param>
    public TcpTap(EndPoint to)
    {
        this.to = to;
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>All that went either way, each way of each connection in one piece, a character for a byte.</summary>
    public string Heard
    {
        get
        {
            var all = new StringBuilder();
            foreach (var way in heard)
            {
                lock (way)
                    all.Append(Encoding.Latin1.GetString(way.GetBuffer(), 0, (int)way.Length)).Append('\n');
            }
            return all.ToString();
        }
    }

    public void Dispose()
    {
        listener.Dispose();
        foreach (var socket in sockets)
            socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var one = await listener.AcceptSocketAsync();
                var other = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
                sockets.Enqueue(one);
                sockets.Enqueue(other);
                await other.ConnectAsync(to);
                _ = PassOnAsync(one, other);
                _ = PassOnAsync(other, one);
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // disposed of
        }
    }

    private async Task PassOnAsync(Socket from, Socket into)
    {
        var way = new MemoryStream();
        heard.Enqueue(way);
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var read)
            {
                lock (way)
                    way.Write(buffer, 0, read);
                await into.SendAsync(buffer.AsMemory(0, read));
            }
            into.Shutdown(SocketShutdown.Send);
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            into.Dispose(); // as the other end did
        }
    }
}
